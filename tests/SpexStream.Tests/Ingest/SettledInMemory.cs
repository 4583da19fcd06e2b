using System.Collections.Concurrent;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Tests.Ingest;

/// <summary>Counts of settled announcements as a test sets them.</summary>
internal sealed class SettledInMemory : ISettledAnnouncements
{
    private readonly ConcurrentDictionary<AnnouncementMark, int> _left = new();
    private readonly SemaphoreSlim _looked = new(0);
    private int _looks;

    /// <summary>Every mark that was noted by a node.</summary>
    public ConcurrentQueue<AnnouncementMark> Noted { get; } = new();

    /// <summary>Every mark that the catch-up session noted.</summary>
    public ConcurrentQueue<AnnouncementMark> CaughtUp { get; } = new();

    /// <summary>Thrown instead of an answer; null for none.</summary>
    public JournalException? Fault { get; set; }

    /// <summary>Told before each look at a mark which one it is, from 1.</summary>
    public Action<int, AnnouncementMark> OnLook { get; set; } = (_, _) => { };

    /// <summary>Looks so far.</summary>
    public int Looks => Volatile.Read(ref _looks);

    /// <summary>Waits for a look at a mark.</summary>
    public Task LookedAsync() => _looked.WaitAsync().WaitAsync(TimeSpan.FromSeconds(20));

    public ValueTask NoteAsync(AnnouncementMark mark, CancellationToken cancellation = default)
    {
        Throw();
        Noted.Enqueue(mark);
        _left.AddOrUpdate(mark, 1, (_, left) => left + 1);
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> TryMatchAsync(AnnouncementMark mark, CancellationToken cancellation = default)
    {
        Throw();
        OnLook(Interlocked.Increment(ref _looks), mark);
        var isKnown = _left.GetValueOrDefault(mark) > 0;
        if (isKnown)
        {
            _left[mark]--;
        }

        _looked.Release();
        return new(isKnown);
    }

    public ValueTask NoteCaughtUpAsync(AnnouncementMark mark, CancellationToken cancellation = default)
    {
        Throw();
        CaughtUp.Enqueue(mark);
        _left.AddOrUpdate(mark, -1, (_, left) => left - 1);
        return ValueTask.CompletedTask;
    }

    public ValueTask<int> ForgetAsync(TimeSpan age, CancellationToken cancellation = default) => new(0);

    private void Throw()
    {
        if (Fault is { } fault)
        {
            throw fault;
        }
    }
}
