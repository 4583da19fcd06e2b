namespace SpexStream.Domain.Ports.Models;

/// <summary>How a device failed, and with that what can be done.</summary>
public enum DeviceFaultKind
{
    /// <summary>The device broke off. The session must be disposed; another one may be tried later.</summary>
    Failed,

    /// <summary>The batch did not fit into the device's memory. The session stays usable with fewer tiles.</summary>
    OutOfMemory,

    /// <summary>The software that the device needs is not there; trying again does not help.</summary>
    ProviderMissing,
}
