using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace SpexStream.Domain.Regions;

/// <summary>
/// Hands out chunks of unmanaged memory up to a bound, and from there on chunks of a memory-mapped temporary file,
/// which vanishes with the store. Chunks live until the store is disposed. Chunks may be taken by several threads.
/// </summary>
public sealed unsafe class SpillStore : IDisposable
{
    /// <summary>Bytes of a chunk.</summary>
    public const int ChunkBytes = 1 << 18;

    private static readonly byte[] Zeros = new byte[ChunkBytes];
    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly List<nint> _memory = [];
    private readonly List<(MemoryMappedFile File, MemoryMappedViewAccessor View)> _views = [];
    private FileStream? _file;

    /// <summary>Creates a store that holds at most <paramref name="memoryBytes"/> in memory.</summary>
    /// <param name="folder">Where the temporary file is made, only when it is needed; must exist by then.</param>
    /// <param name="memoryBytes">Bound in bytes, 0 or more.</param>
    public SpillStore(string folder, long memoryBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(memoryBytes);
        (_folder, MemoryLimit) = (folder, memoryBytes);
    }

    /// <summary>Bound of the bytes in memory.</summary>
    public long MemoryLimit { get; }

    /// <summary>Bytes handed out from memory.</summary>
    public long MemoryBytes => (long)_memory.Count * ChunkBytes;

    /// <summary>Bytes handed out from the file.</summary>
    public long SpilledBytes => (long)_views.Count * ChunkBytes;

    /// <summary>Takes a zeroed chunk of <see cref="ChunkBytes"/> bytes.</summary>
    /// <exception cref="IOException">The temporary file cannot be made or grown.</exception>
    public nint Take()
    {
        lock (_lock)
        {
            if (MemoryBytes + ChunkBytes > MemoryLimit)
            {
                return TakeFromFile();
            }

            var chunk = (nint)NativeMemory.AllocZeroed(ChunkBytes);
            _memory.Add(chunk);
            return chunk;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var chunk in _memory)
        {
            NativeMemory.Free((void*)chunk);
        }

        foreach (var (file, view) in _views)
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
            file.Dispose();
        }

        _memory.Clear();
        _views.Clear();
        _file?.Dispose();
        _file = null;
    }

    private nint TakeFromFile()
    {
        _file ??= Create();
        var offset = _file.Length;
        // Written, not only lengthened: a hole in the file would turn a full disk into a crash on first touch.
        _file.Seek(offset, SeekOrigin.Begin);
        _file.Write(Zeros);
        _file.Flush();
        var map = MemoryMappedFile.CreateFromFile(
            _file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        var view = map.CreateViewAccessor(offset, ChunkBytes);
        byte* address = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref address);
        _views.Add((map, view));
        return (nint)(address + view.PointerOffset);
    }

    private FileStream Create()
    {
        var path = Path.Combine(_folder, $"regions-{Guid.NewGuid():N}.spill");
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 0,
        });
        if (!OperatingSystem.IsWindows())
        {
            // The open file stays usable without a name, and a killed process leaves nothing behind.
            File.Delete(path);
        }

        return file;
    }
}
