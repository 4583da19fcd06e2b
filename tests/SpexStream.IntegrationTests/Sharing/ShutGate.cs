using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.IntegrationTests.Sharing;

/// <summary>Lets no strip in.</summary>
internal sealed class ShutGate : IStripGate
{
    private int _waiting;

    /// <summary>How many strips have come to it.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public async ValueTask WaitAsync(CancellationToken cancellation)
    {
        Interlocked.Increment(ref _waiting);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
    }
}
