using System.Collections.Immutable;
using System.Text;
using Microsoft.Win32.SafeHandles;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Work;

/// <summary>
/// What a device has in hand, in a small file that outlives the process: written when a tile begins, emptied when it ends.
/// Not flushed, for it is to tell of a process that dies, not of a machine. One thread each.
/// </summary>
public sealed class FlightRecorder : IDisposable
{
    private const string Pattern = "*.flight";
    private const int Bytes = 4096;
    private readonly SafeFileHandle _file;
    private readonly byte[] _buffer = new byte[Bytes];

    /// <summary>Opens the file of a device.</summary>
    public FlightRecorder(string folder, string device)
    {
        Directory.CreateDirectory(folder);
        _file = File.OpenHandle(
            Path.Combine(folder, device.Replace(':', '-') + Pattern[1..]), FileMode.Create, FileAccess.Write, FileShare.Read);
    }

    /// <summary>What the devices of an earlier process had in hand when it died. Before the recorders are opened.</summary>
    public static ImmutableArray<FlightMark> Read(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. from path in Directory.EnumerateFiles(folder, Pattern)
           let mark = FlightMark.TryParse(File.ReadAllText(path).TrimEnd('\0'))
           where mark is not null
           select mark,
    ];

    /// <summary>A tile begins. A mark that is too long is left out: it only helps to find out.</summary>
    public void Begin(FlightMark? mark)
    {
        _buffer.AsSpan().Clear();
        if (mark?.ToString() is { } text && Encoding.UTF8.GetByteCount(text) <= Bytes)
        {
            Encoding.UTF8.GetBytes(text, _buffer);
        }

        RandomAccess.Write(_file, _buffer, 0);
    }

    /// <summary>The tile has ended, well or not; the process has outlived it.</summary>
    public void End() => Begin(null);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
