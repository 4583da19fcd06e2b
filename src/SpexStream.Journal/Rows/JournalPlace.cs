using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Journal.Rows;

/// <summary>Where a journal lies, in words for people.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Rescue">What to do when it is damaged.</param>
internal sealed record JournalPlace(string Name, string Rescue)
{
    public JournalDamagedException Damaged(string what, Exception? cause = null) =>
        new($"The journal {Name} is damaged: {what}. It was left as it is: {Rescue}", cause);
}
