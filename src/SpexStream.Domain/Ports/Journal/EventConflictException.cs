namespace SpexStream.Domain.Ports.Journal;

/// <summary>An event id was used for two different messages; nothing was written. A fault of the program: an event is
/// serialised once.</summary>
public sealed class EventConflictException(string eventId) : JournalException(
    $"Event {eventId} was said with other bytes before; an event is serialised once and never changes.", null)
{
    /// <summary>The id.</summary>
    public string EventId { get; } = eventId;
}
