using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using SpexStream.Domain.Regions;
using SpexStream.Domain.Reliability;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// Records in one file, one after the other. Each begins with a mark and its length (4 bytes each, little-endian) and
/// ends with a CRC-32C of all before: what a crash cut off or a disk damaged is not believed, and writing goes on in
/// its place. Written by one thread; read by any number.
/// </summary>
internal sealed class RecordFile : IDisposable
{
    /// <summary>Bytes of a record in front of its content.</summary>
    public const int HeadBytes = 2 * sizeof(int);

    /// <summary>Bytes of a record behind its content.</summary>
    public const int TailBytes = sizeof(uint);

    private const int MostBytes = 1 << 30;
    private readonly SafeFileHandle _file;
    private readonly int _mark;
    private long _end;

    /// <summary>Opens a file, new or with records of an earlier process.</summary>
    public RecordFile(string path, int mark)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        _mark = mark;
    }

    /// <summary>Reads all records, and forgets what is damaged at the end. To be read to its end before anything is
    /// written.</summary>
    /// <returns>Where each lies, and the whole of it.</returns>
    public IEnumerable<(long Offset, byte[] Record)> Scan()
    {
        _end = 0;
        var length = RandomAccess.GetLength(_file);
        while (_end + HeadBytes + TailBytes <= length && TryRead(length) is { } record)
        {
            var offset = _end;
            _end += record.Length;
            yield return (offset, record);
        }

        RandomAccess.SetLength(_file, _end);
    }

    /// <summary>Appends a record, whose first and last bytes are filled in.</summary>
    /// <param name="record">Room for head and tail, and the content between.</param>
    /// <param name="failPoint">Where to die in the middle of it, for tests.</param>
    /// <returns>Where it lies.</returns>
    /// <exception cref="IOException">The disk will not take it; then it is not there.</exception>
    public long Append(byte[] record, string? failPoint = null)
    {
        Seal(record, _mark);
        if (failPoint is not null && FailPoints.IsDue(failPoint))
        {
            RandomAccess.Write(_file, record.AsSpan(0, record.Length / 2), _end);
            FailPoints.Die();
        }

        RandomAccess.Write(_file, record, _end);
        var offset = _end;
        _end += record.Length;
        return offset;
    }

    /// <summary>Fills in the first and last bytes of a record.</summary>
    public static void Seal(byte[] record, int mark)
    {
        BinaryPrimitives.WriteInt32LittleEndian(record, mark);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(sizeof(int)), record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(
            record.AsSpan(record.Length - TailBytes), Crc32C.Of(record.AsSpan(0, record.Length - TailBytes)));
    }

    /// <summary>Whether bytes are one whole record.</summary>
    public static bool IsWhole(byte[] record, int mark) =>
        record.Length > HeadBytes + TailBytes && BinaryPrimitives.ReadInt32LittleEndian(record) == mark
        && BinaryPrimitives.ReadInt32LittleEndian(record.AsSpan(sizeof(int))) == record.Length && IsSealed(record);

    /// <summary>Reads a record back.</summary>
    /// <exception cref="InvalidDataException">It was damaged after it was written.</exception>
    public byte[] Read(long offset, int length)
    {
        var record = ReadBytes(offset, length);
        return IsSealed(record) ? record : throw new InvalidDataException("A record in the work folder is damaged.");
    }

    public void Dispose() => _file.Dispose();

    private byte[]? TryRead(long length)
    {
        var head = ReadBytes(_end, HeadBytes);
        var bytes = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(sizeof(int)));
        if (BinaryPrimitives.ReadInt32LittleEndian(head) != _mark || bytes is < HeadBytes + TailBytes or > MostBytes
            || _end + bytes > length)
        {
            return null;
        }

        var record = ReadBytes(_end, bytes);
        return IsSealed(record) ? record : null;
    }

    private static bool IsSealed(byte[] record) => Crc32C.Of(record.AsSpan(0, record.Length - TailBytes))
        == BinaryPrimitives.ReadUInt32LittleEndian(record.AsSpan(record.Length - TailBytes));

    private byte[] ReadBytes(long offset, int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            var got = RandomAccess.Read(_file, bytes.AsSpan(read), offset + read);
            read += got > 0 ? got : throw new EndOfStreamException("A file of the work folder is cut off.");
        }

        return bytes;
    }
}
