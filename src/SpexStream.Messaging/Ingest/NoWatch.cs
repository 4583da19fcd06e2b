using SpexStream.Domain.Announcements;

namespace SpexStream.Messaging.Ingest;

/// <summary>Announcements come by one way alone.</summary>
internal sealed class NoWatch : IIntakeWatch
{
    /// <inheritdoc/>
    public ValueTask<bool> IsToBeTakenAsync(
        AnnouncementMark mark, Func<string> name, CancellationToken cancellation) => new(true);

    /// <inheritdoc/>
    public ValueTask SettledAsync(AnnouncementMark mark, CancellationToken cancellation) => ValueTask.CompletedTask;
}
