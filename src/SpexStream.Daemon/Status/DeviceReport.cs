namespace SpexStream.Daemon.Status;

/// <summary>A device in a report.</summary>
/// <param name="Device">cpu:0 ...</param>
/// <param name="State">serving, on-trial, quarantined or out-of-service.</param>
/// <param name="BatchLimit">Tiles at once; null without a model.</param>
/// <param name="MemoryBytes">What its sessions hold; null without a model.</param>
internal sealed record DeviceReport(string Device, string State, int? BatchLimit, long? MemoryBytes);
