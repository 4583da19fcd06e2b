namespace SpexStream.Domain.Devices;

/// <summary>How a device failed.</summary>
public enum DeviceFailure
{
    /// <summary>A batch did not fit into its memory.</summary>
    OutOfMemory,

    /// <summary>Anything else: the device, its driver or its session broke.</summary>
    Broken,
}
