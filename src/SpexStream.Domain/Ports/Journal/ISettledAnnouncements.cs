using SpexStream.Domain.Announcements;

namespace SpexStream.Domain.Ports.Journal;

/// <summary>
/// How often the nodes that share announcements have settled each of them (taken, recognised or refused), and how many
/// copies of it the catch-up session has accounted for. Counts, not a set: the same bytes may be announced again, and
/// mean another file. A count that is lost costs a second look at a strip, never the strip. Safe for use from several
/// threads; every call can throw a <see cref="JournalException"/>.
/// </summary>
public interface ISettledAnnouncements
{
    /// <summary>A node has settled an announcement. Not flushed.</summary>
    ValueTask NoteAsync(AnnouncementMark mark, CancellationToken cancellation = default);

    /// <summary>Whether nodes have settled the announcement more often than copies of it were accounted for; then one
    /// more is, by this call.</summary>
    ValueTask<bool> TryMatchAsync(AnnouncementMark mark, CancellationToken cancellation = default);

    /// <summary>The catch-up session has settled a copy itself: should a node settle the announcement yet, that is not
    /// taken for another one. Not flushed.</summary>
    ValueTask NoteCaughtUpAsync(AnnouncementMark mark, CancellationToken cancellation = default);

    /// <summary>Drops what was not touched for so long.</summary>
    /// <returns>How many announcements were dropped.</returns>
    ValueTask<int> ForgetAsync(TimeSpan age, CancellationToken cancellation = default);
}
