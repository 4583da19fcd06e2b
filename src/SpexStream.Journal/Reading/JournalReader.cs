using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Journal.Reading;

/// <summary>Asks a journal and leaves it as it is: also one that another process writes at this moment.</summary>
public sealed class JournalReader : IJournalReader, IAsyncDisposable
{
    private const int FactsPerPage = 256;
    private const int ScenesPerPage = 256;
    private readonly ReaderPool _readers;
    private readonly IAsyncDisposable? _source;

    /// <param name="readers">Connections; the reader's from here on.</param>
    /// <param name="source">Where they come from, to be disposed of behind them; null when it is another's.</param>
    internal JournalReader(ReaderPool readers, IAsyncDisposable? source = null) =>
        (_readers, _source) = (readers, source);

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

    /// <summary>All closed scenes, the longest closed first, read in pages. One that changes meanwhile may come twice,
    /// each time as it stood then.</summary>
    /// <param name="scenesPerPage">So many are held at once; at least 1.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async IAsyncEnumerable<SceneListing> ReadClosedAsync(
        int scenesPerPage = ScenesPerPage, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scenesPerPage, 1);
        SceneListing? last = null;
        ImmutableArray<SceneListing> page;
        do
        {
            var start = last;
            page = await _readers.AskAsync(session => session.ClosedBehind(start, scenesPerPage), cancellation)
                .ConfigureAwait(false);
            foreach (var listing in page)
            {
                yield return listing;
                last = listing;
            }
        }
        while (page.Length == scenesPerPage);
    }

    /// <inheritdoc/>
    public ValueTask<ListedScenes> ListClosedSinceAsync(
        DateTimeOffset since, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return _readers.AskAsync(session => session.ClosedSince(since, limit), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableHashSet<SceneId>> ListUnacknowledgedAsync(CancellationToken cancellation = default) =>
        _readers.AskAsync(session => session.Unacknowledged(), cancellation);

    /// <summary>Waits for the questions under way and lets go of the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        await _readers.DisposeAsync().ConfigureAwait(false);
        if (_source is not null)
        {
            await _source.DisposeAsync().ConfigureAwait(false);
        }
    }
}
