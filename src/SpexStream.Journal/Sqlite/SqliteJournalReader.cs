using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Journal.Sqlite;

/// <summary>Asks a journal and leaves it as it is: also one that another process writes at this moment.</summary>
public sealed class SqliteJournalReader : IJournalReader, IAsyncDisposable
{
    private const int FactsPerPage = 256;
    private readonly ReaderPool _readers;

    internal SqliteJournalReader(ReaderPool readers) => _readers = readers;

    /// <summary>Opens a journal that is there, for reading only.</summary>
    /// <exception cref="JournalException">It is not there, or cannot be read by this program.</exception>
    public static SqliteJournalReader Open(SqliteJournalOptions options)
    {
        options.Check();
        var file = new JournalFile(options.Path, options.BusyTimeout, JournalSchema.Steps);
        try
        {
            file.CheckToRead();
            return new(new ReaderPool(file, options.Path, options.Readers));
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translate(error, options.Path);
        }
    }

    /// <inheritdoc/>
    public ValueTask<SceneListing?> FindAsync(SceneId scene, CancellationToken cancellation = default) =>
        _readers.AskAsync(session => session.Find(scene), cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<RecordedFact> ReadAsync(
        SceneId scene, long after = 0, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ImmutableArray<RecordedFact> page;
        do
        {
            var start = after;
            page = await _readers.AskAsync(session => session.Facts(scene, start, FactsPerPage), cancellation)
                .ConfigureAwait(false);
            foreach (var fact in page)
            {
                yield return fact;
            }

            after += page.Length;
        }
        while (page.Length == FactsPerPage);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<SceneListing>> ListOpenAsync(CancellationToken cancellation = default) =>
        _readers.AskAsync(session => session.Open(), cancellation);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<SceneListing>> ListClosedAsync(
        DateTimeOffset before, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return _readers.AskAsync(session => session.Closed(before, limit), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableHashSet<SceneId>> ListUnacknowledgedAsync(CancellationToken cancellation = default) =>
        _readers.AskAsync(session => session.Unacknowledged(), cancellation);

    /// <summary>Waits for the questions under way and closes the file.</summary>
    public ValueTask DisposeAsync() => _readers.DisposeAsync();
}
