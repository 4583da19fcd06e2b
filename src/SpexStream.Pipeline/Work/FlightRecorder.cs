using System.Collections.Immutable;
using System.Text;
using Microsoft.Win32.SafeHandles;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Work;

/// <summary>
/// What a device has in hand, in a small file that outlives the process: written when a tile begins, emptied when it
/// ends. Not flushed, for it is to tell of a process that dies, not of a machine. One thread each.
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
            Path.Combine(folder, device.Replace(':', '-') + Pattern[1..]), FileMode.Create, FileAccess.Write,
                FileShare.Read);
    }

    /// <summary>What the devices of an earlier process had in hand when it died. Before the recorders are
    /// opened.</summary>
    public static ImmutableArray<FlightMark> Read(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. from path in Directory.EnumerateFiles(folder, Pattern)
           from line in File.ReadAllText(path).TrimEnd('\0').Split('\n')
           let mark = FlightMark.TryParse(line)
           where mark is not null
           select mark,
    ];

    /// <summary>Tiles begin. Marks that do not fit are left out: they only help to find out.</summary>
    public void Begin(params ReadOnlySpan<FlightMark?> marks)
    {
        _buffer.AsSpan().Clear();
        var at = 0;
        foreach (var mark in marks)
        {
            if (mark?.ToString() is { } text && at + Encoding.UTF8.GetByteCount(text) < Bytes)
            {
                at += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(at));
                _buffer[at++] = (byte)'\n';
            }
        }

        RandomAccess.Write(_file, _buffer, 0);
    }

    /// <summary>The tiles have ended, well or not; the process has outlived them.</summary>
    public void End() => Begin();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
