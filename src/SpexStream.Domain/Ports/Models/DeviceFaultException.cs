namespace SpexStream.Domain.Ports.Models;

/// <summary>A device could not be opened or broke off while it worked; the tiles of the batch have no answer.</summary>
public sealed class DeviceFaultException : Exception
{
    /// <summary>Creates the fault.</summary>
    /// <param name="device">The device.</param>
    /// <param name="kind">How it failed.</param>
    /// <param name="detail">What went wrong in the words of the runtime, and what to do where that is known.</param>
    /// <param name="inner">The cause.</param>
    public DeviceFaultException(DeviceName device, DeviceFaultKind kind, string detail, Exception? inner = null)
        : base($"{device}: {detail}", inner) => (Device, Kind) = (device, kind);

    /// <summary>The device.</summary>
    public DeviceName Device { get; }

    /// <summary>How it failed.</summary>
    public DeviceFaultKind Kind { get; }
}
