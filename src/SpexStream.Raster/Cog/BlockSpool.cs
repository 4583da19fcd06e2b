using Microsoft.Win32.SafeHandles;

namespace SpexStream.Raster.Cog;

/// <summary>
/// Keeps compressed blocks until the file is put together: in memory up to a budget, then in a temporary file that the
/// system removes. Safe for use from several threads.
/// </summary>
internal sealed class BlockSpool(string temporaryPath, long budgetBytes) : IDisposable
{
    private readonly Lock _lock = new();
    private SafeFileHandle? _file;
    private long _held;
    private long _written;

    /// <summary>Stores a block and says where it lies.</summary>
    public StoredBlock Store(byte[] block, bool shared)
    {
        long offset;
        lock (_lock)
        {
            if (shared || _held + block.Length <= budgetBytes)
            {
                _held += shared ? 0 : block.Length;
                return new StoredBlock(block, 0, block.Length);
            }

            _file ??= File.OpenHandle(
                temporaryPath, FileMode.Create, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
            offset = _written;
            _written += block.Length;
        }

        RandomAccess.Write(_file, block, offset);
        return new StoredBlock(null, offset, block.Length);
    }

    /// <summary>Copies a block to a stream.</summary>
    public void CopyTo(StoredBlock block, Stream target)
    {
        if (block.Bytes is { } bytes)
        {
            target.Write(bytes);
            return;
        }

        var buffer = new byte[block.Length];
        var read = 0;
        while (read < buffer.Length)
        {
            var count = RandomAccess.Read(_file!, buffer.AsSpan(read), block.Offset + read);
            if (count == 0)
            {
                throw new EndOfStreamException(
                    $"The block file {temporaryPath} is shorter than what was written to it.");
            }

            read += count;
        }

        target.Write(buffer);
    }

    public void Dispose() => _file?.Dispose();
}
