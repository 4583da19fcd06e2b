using SpexStream.Domain.Announcements;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Ingest;

namespace SpexStream.Messaging.CatchUp;

/// <summary>
/// Drops copies of announcements that some node has settled, at once or as soon as it has; lets those through that
/// nobody has settled within a grace time. What waits is the broker's: it holds a place of the session's Receive
/// Maximum and nothing else here grows.
/// </summary>
/// <param name="settled">What nodes have settled.</param>
/// <param name="grace">How long they have for it.</param>
/// <param name="meter">Counts.</param>
/// <param name="time">The clock.</param>
public sealed class CatchUpWatch(
    ISettledAnnouncements settled, TimeSpan grace, SpexMeter meter, TimeProvider time) : IIntakeWatch
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(500);
    private int _waiting;

    /// <summary>Copies that wait for a node to settle the announcement.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Told of each announcement that is taken up, by its name; must not block.</summary>
    public Action<string> OnTakenUp { get; init; } = _ => { };

    /// <inheritdoc/>
    public async ValueTask<bool> IsToBeTakenAsync(
        AnnouncementMark mark, Func<string> name, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            if (await IsKnownInTimeAsync(mark, cancellation))
            {
                Count("known");
                return false;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        Count("taken-up");
        OnTakenUp(name());
        return true;
    }

    /// <inheritdoc/>
    public ValueTask SettledAsync(AnnouncementMark mark, CancellationToken cancellation) =>
        TryNoteAsync(settled.NoteCaughtUpAsync, mark, cancellation);

    /// <inheritdoc/>
    public ValueTask ComesAgainAsync(AnnouncementMark mark, CancellationToken cancellation) =>
        TryNoteAsync(settled.NoteAsync, mark, cancellation);

    private static async ValueTask TryNoteAsync(
        Func<AnnouncementMark, CancellationToken, ValueTask> note, AnnouncementMark mark,
        CancellationToken cancellation)
    {
        try
        {
            await note(mark, cancellation);
        }
        catch (JournalException)
        {
            // A count that is lost: a copy is looked at once more, which its scene recognises.
        }
    }

    // A copy that lay with the broker for long is known at the first look, so that a backlog goes fast.
    private async ValueTask<bool> IsKnownInTimeAsync(AnnouncementMark mark, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        for (var wait = FirstLook; ; wait *= 2)
        {
            if (await JournalPatience.AskAsync(() => settled.TryMatchAsync(mark, cancellation), time, cancellation))
            {
                return true;
            }

            var left = grace - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            await Task.Delay(wait < left ? wait : left, time, cancellation);
        }
    }

    private void Count(string result) => meter.CatchUp.Add(1, new KeyValuePair<string, object?>("result", result));
}
