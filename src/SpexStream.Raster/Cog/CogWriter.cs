using System.Collections.Concurrent;
using SpexStream.Domain.Ports.Raster;

namespace SpexStream.Raster.Cog;

/// <summary>
/// Writes a cloud-optimized GeoTIFF of one uint8 band: DEFLATE, blocks of 512, overviews by nearest neighbour. Blocks
/// may come in any order and from several threads; each is compressed on the caller's thread. The bytes of the file
/// depend only on the pixels. Overviews are made on the way: a parent is compressed when its last child comes.
/// </summary>
internal sealed class CogWriter : IByteRasterWriter
{
    private readonly string _path;
    private readonly ByteRasterFormat _format;
    private readonly CogLayout _layout;
    private readonly StoredBlock[][] _blocks;
    private readonly ConcurrentDictionary<(int Level, int X, int Y), HalvedBlock> _open = new();
    private readonly BlockSpool _spool;
    private int _missing;

    public CogWriter(string path, ByteRasterFormat format, long memoryBudgetBytes)
    {
        (_path, _format) = (path, format);
        _layout = new CogLayout(format.Width, format.Height);
        _blocks = [.. _layout.Levels.Select(level => new StoredBlock[level.BlockCount])];
        _missing = _layout.Levels.Sum(level => level.BlockCount);
        _spool = new BlockSpool(path + ".blocks", memoryBudgetBytes);
    }

    public int BlockSize => CogLayout.BlockSize;

    public void Write(int blockX, int blockY, ReadOnlySpan<byte> pixels)
    {
        if (pixels.Length != CogLayout.BlockSize * CogLayout.BlockSize)
        {
            throw new ArgumentException("A block is 512 x 512 pixels.", nameof(pixels));
        }

        Add(0, blockX, blockY, pixels);
    }

    public void Complete()
    {
        if (Volatile.Read(ref _missing) != 0)
        {
            throw new InvalidOperationException($"{_path}: {_missing} blocks were never written.");
        }

        // A classic TIFF addresses 4 GiB; some room is left for the directories.
        var dataBytes = _blocks.Sum(level => level.Sum(block => (long)block.Length));
        var big = dataBytes + (_blocks.Sum(level => (long)level.Length) * 16) > uint.MaxValue - (1L << 20);
        using var stream = new FileStream(_path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        CogFile.Write(stream, _layout, _format, _blocks, _spool, big);
        stream.Flush(flushToDisk: false);
    }

    public void Dispose() => _spool.Dispose();

    private void Add(int level, int x, int y, ReadOnlySpan<byte> pixels)
    {
        var shared = UniformBlocks.TryGet(pixels);
        var block = _spool.Store(shared ?? BlockCodec.Compress(pixels), shared is not null);
        var current = _layout.Levels[level];
        _blocks[level][(y * current.BlocksAcross) + x] = block;
        Interlocked.Decrement(ref _missing);
        if (level + 1 == _layout.Levels.Count)
        {
            return;
        }

        var key = (level + 1, x / 2, y / 2);
        var children = Math.Min(2, current.BlocksAcross - (x / 2 * 2)) * Math.Min(2, current.BlocksDown - (y / 2 * 2));
        var parent = _open.GetOrAdd(key, _ => new HalvedBlock(children, _format.Padding));
        if (parent.Add(pixels, x % 2, y % 2))
        {
            _open.TryRemove(key, out _);
            Add(level + 1, x / 2, y / 2, parent.Pixels);
        }
    }
}
