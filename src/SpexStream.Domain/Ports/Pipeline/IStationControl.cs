using SpexStream.Domain.Commands;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>Whether the station takes strips. Safe for use from several threads.</summary>
public interface IStationControl
{
    /// <summary>The switch as it stands.</summary>
    IntakeSwitch Switch { get; }

    /// <summary>Decides on pause, resume or drain and carries it out, but for leaving.</summary>
    CommandAnswer Decide(StationCommand command);

    /// <summary>Begins to leave, when a drain was answered.</summary>
    void Leave();
}
