namespace SpexStream.Daemon.Status;

/// <summary>A stage of the way of the data in a report.</summary>
/// <param name="Stage">Its name, as in the metrics.</param>
/// <param name="Depth">What waits.</param>
/// <param name="Bound">How much may.</param>
internal sealed record QueueReport(string Stage, double Depth, double Bound);
