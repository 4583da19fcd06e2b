using SpexStream.Domain.Announcements;
using SpexStream.Domain.Reliability;

namespace SpexStream.Messaging.Ingest;

/// <summary>
/// One of the threads that open announced rasters. When one hangs it is given up, its announcement is told, and another
/// thread takes its place, as long as not too many are out.
/// </summary>
internal sealed class OpeningThread
{
    private readonly Lock _lock = new();
    private readonly string _name;
    private readonly Func<StripAnnouncement, Action, OpenAnswer> _open;
    private readonly OpeningQueue _queue;
    private readonly HungFileBoard _files;
    private readonly IngestOptions _options;
    private readonly TimeProvider _time;
    private ThreadWatch _watch;

    /// <summary>Starts the thread.</summary>
    public OpeningThread(
        int number, Func<StripAnnouncement, Action, OpenAnswer> open, OpeningQueue queue, HungFileBoard files,
        IngestOptions options, TimeProvider time)
    {
        (_name, _open, _queue, _files) = ($"spex open {number}", open, queue, files);
        (_options, _time) = (options, time);
        _watch = new ThreadWatch(options.MaxHungReads);
        Start();
    }

    /// <summary>Whether a thread works at this place.</summary>
    public bool IsServing
    {
        get
        {
            lock (_lock)
            {
                return _watch.IsServing;
            }
        }
    }

    private void Start() => new Thread(Run) { Name = _name, IsBackground = true }.Start();

    private void Run()
    {
        using var guard = new CallGuard(_options.ReadTimeout, _time);
        while (_queue.Take() is { } opening)
        {
            if (_files.Holds(opening.Path))
            {
                opening.TrySetResult(default);
            }
            else if (!TryOpen(opening, guard))
            {
                Follow(watch => watch.Return());
                return;
            }
        }
    }

    private bool TryOpen(Opening opening, CallGuard guard)
    {
        guard.Begin(() =>
        {
            _files.Add(opening.Path);
            Follow(watch => watch.GiveUp());
            opening.TrySetResult(default);
        });
        try
        {
            var answer = _open(opening.Strip, guard.Step);
            if (guard.End())
            {
                opening.TrySetResult(answer);
                return true;
            }
        }
        catch (Exception fault)
        {
            // The top of the thread: whoever waits is told, unless that was done when the thread was given up.
            if (guard.End())
            {
                opening.TrySetException(fault);
                return true;
            }
        }

        _files.Remove(opening.Path);
        return false;
    }

    private void Follow(Func<ThreadWatch, ThreadStep> change)
    {
        lock (_lock)
        {
            var step = change(_watch);
            _watch = step.State;
            if (step.StartsThread)
            {
                Start();
            }
        }
    }
}
