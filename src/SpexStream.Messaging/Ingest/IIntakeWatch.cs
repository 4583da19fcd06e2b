using SpexStream.Domain.Announcements;

namespace SpexStream.Messaging.Ingest;

/// <summary>Looks at announcements before they are taken, and after they were settled, where more than one way leads
/// them here. Safe for several threads.</summary>
public interface IIntakeWatch
{
    /// <summary>Whether an announcement is to be taken; one that is not is acknowledged and dropped. May take long: the
    /// message stays the broker's meanwhile.</summary>
    /// <param name="mark">By what it is recognised.</param>
    /// <param name="name">What people call it; costs a reading of the message.</param>
    /// <param name="cancellation">Gives up.</param>
    ValueTask<bool> IsToBeTakenAsync(AnnouncementMark mark, Func<string> name, CancellationToken cancellation);

    /// <summary>An announcement that was taken (or recognised, or refused) is acknowledged.</summary>
    ValueTask SettledAsync(AnnouncementMark mark, CancellationToken cancellation);

    /// <summary>An announcement that was not to be taken could not be acknowledged: it comes again.</summary>
    ValueTask ComesAgainAsync(AnnouncementMark mark, CancellationToken cancellation) => ValueTask.CompletedTask;
}
