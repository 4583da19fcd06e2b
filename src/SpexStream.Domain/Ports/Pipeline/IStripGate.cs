namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>Closed while nothing new may be begun; strips then wait, unacknowledged. Safe for use from several
/// threads.</summary>
public interface IStripGate
{
    /// <summary>Waits until the gate is open; at once when it is.</summary>
    ValueTask WaitAsync(CancellationToken cancellation);
}
