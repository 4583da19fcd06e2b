using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Journal.Commits;

/// <summary>Does the work of several writes in one transaction. For the writing thread.</summary>
internal interface IGroupCommit
{
    /// <summary>Does it; null when all of it is committed, else nothing of it is there.</summary>
    /// <param name="group">Writes in order; at least one.</param>
    /// <param name="flushed">Whether it must lie on the disk before this ends.</param>
    CommitFailure? TryCommit(IReadOnlyList<JournalWrite> group, bool flushed);
}

/// <summary>Why a group was not committed.</summary>
/// <param name="Cause">For those who wait.</param>
/// <param name="IsFinal">Whether nothing may be written any more until the journal is opened anew.</param>
internal readonly record struct CommitFailure(JournalException Cause, bool IsFinal);
