namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>A gate that is never closed.</summary>
public sealed class OpenGate : IStripGate
{
    /// <inheritdoc/>
    public ValueTask WaitAsync(CancellationToken cancellation) => ValueTask.CompletedTask;
}
