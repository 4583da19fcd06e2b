using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Reliability;

namespace SpexStream.Messaging.Ingest;

/// <summary>
/// Opens announced rasters on a few threads of its own: an open on a dead mount cannot be cancelled, and must cost
/// neither a thread for each announcement nor the others their turn.
/// </summary>
internal sealed class StripDesk : IDisposable
{
    private readonly OpeningQueue _queue = new();
    private readonly HungFileBoard _files = new();
    private readonly ImmutableArray<OpeningThread> _threads;

    /// <summary>Starts the threads.</summary>
    /// <param name="open">Opens a raster; calls back whenever it gets on.</param>
    /// <param name="options">How many threads, and how long one may hang.</param>
    /// <param name="time">The clock.</param>
    public StripDesk(Func<StripAnnouncement, Action, OpenAnswer> open, IngestOptions options, TimeProvider time) =>
        _threads = [.. Enumerable.Range(0, options.Parallelism)
            .Select(number => new OpeningThread(number, open, _queue, _files, options, time))];

    /// <summary>Rasters that wait for a thread.</summary>
    public int Waiting => _queue.Depth;

    /// <summary>Opens that were given up and have not come back.</summary>
    public int HungReads => _files.Count;

    /// <summary>Whether a thread is left to open rasters.</summary>
    public bool IsServing => _threads.Any(thread => thread.IsServing);

    /// <summary>Opens a raster.</summary>
    public async Task<OpenAnswer> OpenAsync(StripAnnouncement strip, CancellationToken cancellation)
    {
        var opening = new Opening(strip);
        _queue.Post(opening);
        await using var taken = cancellation.Register(() => opening.TrySetCanceled(cancellation));
        return await opening.Task;
    }

    /// <summary>Lets the threads end; one that hangs is left to itself.</summary>
    public void Dispose() => _queue.Close();
}
