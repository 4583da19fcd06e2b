namespace SpexStream.Domain.Devices;

/// <summary>Whether a device gets work.</summary>
public enum DevicePhase
{
    /// <summary>It works.</summary>
    Serving,

    /// <summary>It failed and gets nothing until its time is over; its tiles went to the others.</summary>
    Quarantined,

    /// <summary>Its time is over; its session is opened anew and one batch decides.</summary>
    OnTrial,
}
