using Microsoft.Win32.SafeHandles;

namespace SpexStream.Raster.Vector.FlatGeobuf;

/// <summary>
/// Keeps encoded features in a temporary file, in the order in which they come, until all are known and can be put into
/// that of the index. Safe for use from several threads.
/// </summary>
internal sealed class FeatureSpool(string temporaryPath) : IDisposable
{
    private readonly SafeFileHandle _file = File.OpenHandle(
        temporaryPath, FileMode.Create, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);

    private readonly Lock _lock = new();
    private readonly List<FeatureItem> _items = [];
    private long _reserved;

    /// <summary>Features so far.</summary>
    public List<FeatureItem> Items => _items;

    /// <summary>Takes a part of the file for one thread.</summary>
    public long Reserve(long bytes) => Interlocked.Add(ref _reserved, bytes) - bytes;

    /// <summary>Writes into a part that was reserved.</summary>
    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_file, bytes, offset);

    /// <summary>Adds features that were written.</summary>
    public void Add(List<FeatureItem> items)
    {
        lock (_lock)
        {
            _items.AddRange(items);
        }
    }

    /// <summary>Reads what was written.</summary>
    public void Read(Span<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            var count = RandomAccess.Read(_file, bytes, offset);
            if (count == 0)
            {
                throw new EndOfStreamException(
                    $"The feature file {temporaryPath} is shorter than what was written to it.");
            }

            bytes = bytes[count..];
            offset += count;
        }
    }

    public void Dispose() => _file.Dispose();
}
