using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Leases;

/// <summary>Work of which others see nothing but that there is the lease.</summary>
/// <param name="onChange">Told when others see it, and when they do no more; must not block.</param>
public sealed class StandingLease(Action? onChange = null) : ILeasedWork
{
    /// <inheritdoc/>
    public async Task RunAsync(SceneTenure tenure)
    {
        onChange?.Invoke();
        try
        {
            await Task.Delay(Timeout.Infinite, tenure.Ended);
        }
        finally
        {
            onChange?.Invoke();
        }
    }
}
