using System.Threading.Channels;

namespace SpexStream.Pipeline.Alerts;

/// <summary>Wakes the one who waits; however often it was rung meanwhile, once. Safe for several threads.</summary>
internal sealed class AlertBell
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There is something to do.</summary>
    public void Ring() => _rung.Writer.TryWrite(true);

    /// <summary>Waits until somebody rings, or has rung since, but not for ever.</summary>
    public async ValueTask WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            await _rung.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Nobody rang: it is time to look.
        }
    }
}
