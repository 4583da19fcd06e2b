using SpexStream.Domain.Grid;
using SpexStream.Domain.Regions;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// The answers of a scene's tiles: in memory up to a budget, and in a file of the scene's work folder: all of them
/// where they have to outlive the process, else only those beyond the budget. Written by the scene's own loop; read by
/// any number of threads once the tiles are done.
/// </summary>
/// <param name="folder">The scene's work folder; made when it is needed.</param>
/// <param name="budgetBytes">Answers kept in memory.</param>
/// <param name="outlives">Whether answers have to be found by the next process.</param>
internal sealed class TileStore(string folder, long budgetBytes, bool outlives) : ITileResults, IDisposable
{
    private const string FileName = "tiles.log";
    private readonly Dictionary<TileIndex, Entry> _entries = [];
    private readonly Dictionary<(TileIndex Tile, UInt128 Basis), TileLog.Place> _recalled = [];
    private TileLog? _log;
    private long _heldBytes;

    /// <summary>Told of every answer that is read; must not block.</summary>
    public Action? OnRead { get; init; }

    /// <summary>Bytes of answers in memory; for a gauge, from any thread.</summary>
    public long HeldBytes => Volatile.Read(ref _heldBytes);

    /// <summary>Takes up the answers of an earlier process; before anything is put.</summary>
    public void Recall()
    {
        foreach (var place in Log.Scan())
        {
            _entries[place.Tile] = new(null, place, place.Basis, 0);
            _recalled[(place.Tile, place.Basis)] = place;
        }
    }

    public void Put(TileIndex tile, TileAnswer answer)
    {
        var bytes = SizeOf(answer);
        var others = _heldBytes - _entries.GetValueOrDefault(tile).HeldBytes;
        var held = others + bytes <= budgetBytes;
        // A disk that will not take it leaves everything as it was.
        TileLog.Place? place = outlives || !held ? Log.Append(answer) : null;
        _entries[tile] = new(held ? answer : null, place, answer.Basis, held ? bytes : 0);
        _heldBytes = others + (held ? bytes : 0);
    }

    /// <summary>Whether a tile has an answer, on whatever basis.</summary>
    public bool Has(TileIndex tile) => _entries.ContainsKey(tile);

    /// <summary>Whether a tile has an answer on this basis, which is its answer from then on. Of an earlier process
    /// there may be several: it went by what it knew of the scene at the time, and so does this one on its way
    /// there.</summary>
    public bool TryUse(TileIndex tile, UInt128 basis)
    {
        if (!_entries.TryGetValue(tile, out var entry))
        {
            return false;
        }

        if (entry.Basis == basis)
        {
            return true;
        }

        if (!_recalled.TryGetValue((tile, basis), out var place))
        {
            return false;
        }

        _heldBytes -= entry.HeldBytes;
        _entries[tile] = new(null, place, basis, 0);
        return true;
    }

    /// <summary>Whether a tile in some rows of tiles, the last included, was given up.</summary>
    public bool HasGivenUp(int first, int last) =>
        _entries.Any(entry => entry.Key.Row >= first && entry.Key.Row <= last && entry.Value.Basis == UInt128.Zero);

    public TileResult Read(TileIndex tile) => Answer(tile).Result;

    /// <summary>A packed plane of a tile.</summary>
    public byte[] ReadPlane(TileIndex tile, int plane) => Answer(tile).Planes[plane];

    public BrowseSamples? Browse(TileIndex tile) => Answer(tile).Browse;

    /// <summary>Lets go of the file; the work folder vanishes unless it has to outlive the process.</summary>
    public void Dispose()
    {
        _log?.Dispose();
        if (!outlives && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private TileLog Log => _log ??= new(Path.Combine(folder, FileName));

    /// <summary>All that is kept of a tile.</summary>
    public TileAnswer Answer(TileIndex tile)
    {
        OnRead?.Invoke();
        var entry = _entries[tile];
        return entry.Answer ?? _log!.Read(entry.Place!.Value);
    }

    private static long SizeOf(TileAnswer answer) =>
        (answer.Result.Runs.Count * 3L) + answer.Result.Labels.Sum(
            labels => (labels.Components.Length * 4L) + (labels.Count * 120L))
        + answer.Planes.Sum(plane => (long)plane.Length) + ((answer.Browse?.Rgb.Length ?? 0) * (long)sizeof(float))
        + answer.Texts.Sum(text => 200L + (2 * text.Text.Length));

    private readonly record struct Entry(TileAnswer? Answer, TileLog.Place? Place, UInt128 Basis, long HeldBytes);
}
