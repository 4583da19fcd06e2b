using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Work;

/// <summary>
/// What a device has in hand, in a small file that outlives the process: written when a tile begins, emptied when it
/// ends. Not flushed, for it is to tell of a process that dies, not of a machine. It only helps to find out: a disk
/// that will not take it keeps no tile from being worked on. One thread each.
/// </summary>
public sealed class FlightRecorder : IDisposable
{
    private const string Pattern = "*.flight";
    private const string RunWord = "run ";
    private const int Bytes = 4096;
    private readonly SafeFileHandle _file;
    private readonly byte[] _buffer = new byte[Bytes];
    private readonly string _header;
    private readonly Action<Exception> _onFault;
    private bool _isBroken;

    /// <summary>Opens the file of a device.</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="device">The device.</param>
    /// <param name="run">Number of this process's run of the journal.</param>
    /// <param name="onFault">Told when the disk takes no more, once until it does again; must not block.</param>
    public FlightRecorder(string folder, string device, long run, Action<Exception> onFault)
    {
        (_header, _onFault) = (string.Create(CultureInfo.InvariantCulture, $"{RunWord}{run}"), onFault);
        Directory.CreateDirectory(folder);
        _file = File.OpenHandle(
            Path.Combine(folder, device.Replace(':', '-') + Pattern[1..]), FileMode.Create, FileAccess.Write,
                FileShare.Read);
    }

    /// <summary>What the devices of earlier processes had in hand when those died. Before the recorders are opened. A
    /// file that cannot be read, or does not say which run wrote it, tells nothing.</summary>
    /// <param name="folder">Where the files lie.</param>
    /// <param name="crashed">The runs that ended in a crash.</param>
    public static ImmutableArray<FoundMark> Read(string folder, IReadOnlySet<long> crashed) =>
        !Directory.Exists(folder) ? [] :
        [
            .. from path in Directory.EnumerateFiles(folder, Pattern)
               let lines = LinesOf(path)
               let run = RunOf(lines[0])
               where run is not null && crashed.Contains(run.Value)
               from line in lines.Skip(1)
               let mark = FlightMark.TryParse(line)
               where mark is not null
               select new FoundMark(run.Value, mark),
        ];

    /// <summary>Tiles begin. Marks that do not fit are left out: they only help to find out.</summary>
    public void Begin(params ReadOnlySpan<FlightMark?> marks)
    {
        _buffer.AsSpan().Clear();
        var at = Append(_header, 0);
        foreach (var mark in marks)
        {
            if (mark?.ToString() is { } text && at + Encoding.UTF8.GetByteCount(text) < Bytes)
            {
                at = Append(text, at);
            }
        }

        Write();
    }

    /// <summary>The tiles have ended, well or not; the process has outlived them.</summary>
    public void End() => Begin();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private int Append(string line, int at)
    {
        at += Encoding.UTF8.GetBytes(line, _buffer.AsSpan(at));
        _buffer[at++] = (byte)'\n';
        return at;
    }

    private void Write()
    {
        try
        {
            RandomAccess.Write(_file, _buffer, 0);
            _isBroken = false;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Should the process die now, nobody knows on which tile; that is no reason to give the tile up.
            if (!_isBroken)
            {
                _isBroken = true;
                _onFault(fault);
            }
        }
    }

    private static string[] LinesOf(string path)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\0').Split('\n');
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A file that tells nothing must not keep the next process from its work.
            return [""];
        }
    }

    private static long? RunOf(string line) =>
        line.StartsWith(RunWord, StringComparison.Ordinal)
        && long.TryParse(line[RunWord.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var run)
            ? run : null;
}
