using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.MemoryMappedFiles;

namespace SpexStream.Inference.Checkpoint;

/// <summary>
/// A safetensors file, mapped into memory piece by piece: eight bytes of header length (little-endian), a JSON header,
/// then the elements. Opening reads the header only, and checks all of it. Disposed by whoever opened it.
/// </summary>
/// <remarks>Format: the safetensors README, section "Format". As there, entries may neither overlap nor leave
/// holes.</remarks>
public sealed class SafetensorsFile : IDisposable
{
    // Names and shapes of a released model take some hundred kilobytes.
    private const long MaxHeaderBytes = 32L << 20;
    private const int PrefixBytes = 8;

    private readonly MemoryMappedFile _file;

    private SafetensorsFile(string path, MemoryMappedFile file, long dataStart, IEnumerable<TensorEntry> entries)
    {
        (Path, _file) = (path, file);
        Tensors = entries.ToImmutableSortedDictionary(
            entry => entry.Name, entry => new CheckpointTensor(file, path, dataStart, entry), StringComparer.Ordinal);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>All tensors by name.</summary>
    public ImmutableSortedDictionary<string, CheckpointTensor> Tensors { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="CheckpointException">It cannot be read, or its header does not fit; all faults are
    /// named.</exception>
    public static SafetensorsFile Open(string path)
    {
        try
        {
            return OpenMapped(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, $"cannot be read ({fault.Message})", fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static SafetensorsFile OpenMapped(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        MemoryMappedFile? file = null;
        try
        {
            var length = stream.Length;
            var headerBytes = HeaderBytes(path, stream, length);
            file = MemoryMappedFile.CreateFromFile(
                stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            var faults = new List<string>();
            List<TensorEntry> entries;
            using (var header = new TensorView(file, PrefixBytes, headerBytes))
            {
                entries = HeaderReader.Read(header.Bytes, faults);
            }

            var dataStart = PrefixBytes + headerBytes;
            if (faults.Count == 0)
            {
                HeaderRules.Check(entries, length - dataStart, faults);
            }

            return faults.Count == 0 ? new(path, file, dataStart, entries)
                : throw new CheckpointException(path, faults);
        }
        catch
        {
            file?.Dispose();
            stream.Dispose();
            throw;
        }
    }

    private static int HeaderBytes(string path, FileStream stream, long length)
    {
        if (length < PrefixBytes)
        {
            throw new CheckpointException(path, $"has {length} bytes, too few for a safetensors file");
        }

        Span<byte> prefix = stackalloc byte[PrefixBytes];
        stream.ReadExactly(prefix);
        var bytes = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (bytes > (ulong)(length - PrefixBytes))
        {
            throw new CheckpointException(path,
                $"says its header has {bytes} bytes, but has only {length} bytes in all");
        }

        return bytes <= MaxHeaderBytes
            ? (int)bytes
            : throw new CheckpointException(path, $"has a header of {bytes} bytes; {MaxHeaderBytes} are the most");
    }
}
