using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Facts;

namespace SpexStream.Journal.Rows;

/// <summary>Where a journal lies, in words for people.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Rescue">What to do when it is damaged.</param>
internal sealed record JournalPlace(string Name, string Rescue)
{
    public JournalDamagedException Damaged(string what, Exception? cause = null) =>
        new($"The journal {Name} is damaged: {what}. It was left as it is: {Rescue}", cause);

    /// <summary>Bytes under a seal that is right: damaged all the same, or of a newer program.</summary>
    /// <param name="what">What they are.</param>
    /// <param name="cause">Why they cannot be read; goes on behind it.</param>
    public JournalDamagedException Unreadable(string what, FactUnreadableException cause) => !cause.IsNewer
        ? Damaged($"{what} {cause.Message}", cause)
        : new JournalNewerException(
            $"A newer program wrote to the journal {Name}: {what} {cause.Message}. Nothing is damaged; start the newer "
            + "program.",
            cause);
}
