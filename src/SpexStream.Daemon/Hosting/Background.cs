using Microsoft.Extensions.Logging;

namespace SpexStream.Daemon.Hosting;

/// <summary>What the daemon does all the time beside the scenes. A part that ends by a fault is told at once, by the
/// log and by readiness, not only when the daemon ends.</summary>
internal sealed class Background(ILogger logger)
{
    private volatile string? _ended;

    /// <summary>What is not done any more, and what to do; null while all goes on.</summary>
    public string? Trouble => _ended is { } part ? $"{part} ended by a fault; see the log and start again" : null;

    /// <summary>Watches over a part until it ends.</summary>
    /// <param name="part">What it is, for people.</param>
    /// <param name="work">It, at work.</param>
    public async Task WatchAsync(string part, Task work)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException)
        {
            // The daemon stops, which is said by others.
        }
        catch (Exception fault)
        {
            // The top of the part.
            _ended = part;
            Log.PartEnded(logger, fault, part);
            throw;
        }
    }
}
