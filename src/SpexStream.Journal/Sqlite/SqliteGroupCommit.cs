using Microsoft.Data.Sqlite;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Commits;

namespace SpexStream.Journal.Sqlite;

/// <summary>Commits a group to the file. After a failed flush nothing more is written: what the kernel dropped cannot
/// be known.</summary>
internal sealed class SqliteGroupCommit(WriteSession session, string path) : IGroupCommit
{
    public CommitFailure? TryCommit(IReadOnlyList<JournalWrite> group, bool flushed)
    {
        try
        {
            session.Begin(flushed);
            foreach (var write in group)
            {
                write.Execute(session);
            }

            session.Commit();
        }
        catch (SqliteException error)
        {
            var cause = SqliteErrors.Translate(error, path);
            return new(cause, !session.TryRollback() || cause is not (JournalFullException or JournalBusyException));
        }

        session.Announce();
        return null;
    }
}
