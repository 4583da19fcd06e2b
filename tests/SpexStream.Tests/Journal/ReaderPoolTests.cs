using Microsoft.Data.Sqlite;
using SpexStream.Journal.Reading;
using SpexStream.Journal.Sqlite;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Journal;

/// <summary>Connections that read, and break while nobody looks.</summary>
public sealed class ReaderPoolTests
{
    [Fact]
    public async Task A_question_on_a_connection_that_was_closed_behind_it_is_asked_on_another()
    {
        using var folder = new TemporaryFolder();
        await using (SqliteJournal.Open(new() { Path = folder["journal.db"] }, TimeProvider.System))
        {
            // Makes the tables.
        }

        var opened = new List<SqliteConnection>();
        await using var pool = new ReaderPool(
            1,
            () =>
            {
                opened.Add(new SqliteConnection($"Data Source={folder["journal.db"]}"));
                opened[^1].Open();
                return new ReadSession(opened[^1], new("journal", "ask."));
            },
            error => throw error);
        Assert.Equal(0, await pool.AskAsync(session => session.Depth().Entries, CancellationToken.None));

        var asked = 0;
        var entries = await pool.AskAsync(
            session =>
            {
                if (asked++ == 0)
                {
                    opened[0].Close();
                }

                return session.Depth().Entries;
            },
            CancellationToken.None);

        Assert.Equal((0, 2, 2), (entries, asked, opened.Count));
    }
}
