using System.Collections.Immutable;
using Microsoft.Win32.SafeHandles;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Regions;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// The answers of a scene's tiles: in memory up to a budget, beyond it in a file of the scene's work folder. Written by the
/// scene's own loop; read by any number of threads once the tiles are done.
/// </summary>
internal sealed class TileStore(string folder, long budgetBytes) : ITileResults, IDisposable
{
    private readonly Dictionary<TileIndex, Entry> _entries = [];
    private SafeFileHandle? _file;
    private long _fileBytes;
    private long _heldBytes;

    public void Put(TileIndex tile, TileAnswer answer)
    {
        if (_entries.Remove(tile, out var old) && old.Result is not null)
        {
            _heldBytes -= old.Bytes;
        }

        var bytes = SizeOf(answer);
        var entry = _heldBytes + bytes <= budgetBytes
            ? new Entry(answer.Result, answer.Planes, null, [], bytes, answer.Browse, answer.Findings)
            : Spill(answer);
        _heldBytes += entry.Result is null ? 0 : entry.Bytes;
        _entries[tile] = entry;
    }

    /// <summary>Whether a tile was classified with these findings.</summary>
    public bool IsCurrent(TileIndex tile, ISceneFindings findings) =>
        _entries.TryGetValue(tile, out var entry) && entry.Findings.Equals(findings);

    public TileResult Read(TileIndex tile)
    {
        var entry = _entries[tile];
        return entry.Result ?? TileResultFormat.Read(ReadFile(entry.ResultPlace!.Value));
    }

    /// <summary>A packed plane of a tile.</summary>
    public byte[] ReadPlane(TileIndex tile, int plane)
    {
        var entry = _entries[tile];
        return entry.Result is null ? ReadFile(entry.PlanePlaces[plane]) : entry.Planes[plane];
    }

    public BrowseSamples? Browse(TileIndex tile) => _entries[tile].Browse;

    public void Dispose()
    {
        _file?.Dispose();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static long SizeOf(TileAnswer answer) =>
        (answer.Result.Runs.Count * 3L) + answer.Result.Labels.Sum(labels => (labels.Components.Length * 4L) + (labels.Count * 120L))
        + answer.Planes.Sum(plane => (long)plane.Length);

    private Entry Spill(TileAnswer answer)
    {
        if (_file is null)
        {
            Directory.CreateDirectory(folder);
            _file = File.OpenHandle(
                Path.Combine(folder, "tiles.bin"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        }

        var result = Append(TileResultFormat.Write(answer.Result));
        return new Entry(null, [], result, [.. answer.Planes.Select(Append)], 0, answer.Browse, answer.Findings);
    }

    private FilePlace Append(byte[] bytes)
    {
        RandomAccess.Write(_file!, bytes, _fileBytes);
        var place = new FilePlace(_fileBytes, bytes.Length);
        _fileBytes += bytes.Length;
        return place;
    }

    private byte[] ReadFile(FilePlace place)
    {
        var bytes = new byte[place.Length];
        for (var read = 0; read < bytes.Length;)
        {
            var count = RandomAccess.Read(_file!, bytes.AsSpan(read), place.Offset + read);
            read += count > 0 ? count : throw new EndOfStreamException($"{folder}: the tile file is cut off.");
        }

        return bytes;
    }

    private readonly record struct FilePlace(long Offset, int Length);

    private sealed record Entry(
        TileResult? Result, ImmutableArray<byte[]> Planes, FilePlace? ResultPlace, ImmutableArray<FilePlace> PlanePlaces,
        long Bytes, BrowseSamples? Browse, ISceneFindings Findings);
}
