using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Leases;

/// <summary>Tells who works under a lease that it ends, and whether what was begun may still be brought to its
/// end.</summary>
/// <param name="time">The clock.</param>
internal sealed class TenureEnd(TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _lost = new(Timeout.InfiniteTimeSpan, time);

    /// <summary>The right that this ends.</summary>
    public SceneTenure Of(ISceneWriter? writer) => new(_ended.Token, writer) { Lost = _lost.Token };

    /// <summary>Tells it. Only a right that is given up of one's own accord holds for another while: a lease is given up
    /// within its safe time, so at least its margin is left.</summary>
    public async Task TellAsync(LeaseEnd why, TimeSpan margin)
    {
        if (why is LeaseEnd.GivenUp)
        {
            _lost.CancelAfter(margin);
        }

        try
        {
            await _ended.CancelAsync();
        }
        finally
        {
            // Also where somebody who listens broke.
            if (why is not LeaseEnd.GivenUp)
            {
                await _lost.CancelAsync();
            }
        }
    }

    /// <summary>Nobody works under it any more.</summary>
    public async Task CloseAsync()
    {
        try
        {
            // Who still looks at the tokens finds them requested, not gone.
            await _lost.CancelAsync();
        }
        finally
        {
            Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ended.Dispose();
        _lost.Dispose();
    }
}
