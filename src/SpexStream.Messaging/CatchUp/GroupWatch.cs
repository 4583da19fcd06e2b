using SpexStream.Domain.Announcements;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Messaging.Ingest;

namespace SpexStream.Messaging.CatchUp;

/// <summary>Writes down what a node of a group has settled, so that the catch-up session drops its copy.</summary>
/// <param name="settled">Where it is written.</param>
public sealed class GroupWatch(ISettledAnnouncements settled) : IIntakeWatch
{
    /// <inheritdoc/>
    public ValueTask<bool> IsToBeTakenAsync(
        AnnouncementMark mark, Func<string> name, CancellationToken cancellation) => new(true);

    /// <inheritdoc/>
    public async ValueTask SettledAsync(AnnouncementMark mark, CancellationToken cancellation)
    {
        try
        {
            await settled.NoteAsync(mark, cancellation);
        }
        catch (JournalException)
        {
            // The strip is safe; that its copy is looked at once more is all it costs.
        }
    }
}
