using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SpexStream.Daemon.Commands.Spie;

/// <summary>
/// What was done so far, one line of JSON for each window, appended as a whole and flushed: a run that was ended goes
/// on behind the last whole line. One process at a time.
/// </summary>
internal sealed class SpieJournal : IDisposable
{
    public const string FileName = "windows.jsonl";

    private readonly FileStream _file;
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);

    private SpieJournal(FileStream file) => _file = file;

    /// <summary>Opens the journal of a training set, or begins one.</summary>
    /// <exception cref="CommandException">Another process writes it, or it was begun with other settings.</exception>
    public static SpieJournal Open(string folder, string settings)
    {
        var path = Path.Combine(folder, FileName);
        FileStream file;
        try
        {
            file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new CommandException($"{path} is being written by another process; choose another --out.");
        }

        var journal = new SpieJournal(file);
        try
        {
            journal.Begin(path, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(settings))));
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Whether a window was done, from a raster of the same size and age.</summary>
    public bool Has(string window, string stamp) => _lines.TryGetValue(window, out var line) && line.Stamp == stamp;

    /// <summary>Notes that a window is done; its files must be in place.</summary>
    /// <param name="window">Its name.</param>
    /// <param name="stamp">Size and age of its raster.</param>
    /// <param name="json">One line; holds both.</param>
    public void Add(string window, string stamp, byte[] json)
    {
        var start = _file.Seek(0, SeekOrigin.End);
        _file.Write([.. json, (byte)'\n']);
        _file.Flush();
        _lines[window] = new(stamp, start, json.Length);
    }

    /// <summary>The line of a window.</summary>
    public JsonDocument Read(string window)
    {
        var line = _lines[window];
        var json = new byte[line.Length];
        _file.Position = line.Start;
        _file.ReadExactly(json);
        return JsonDocument.Parse(json);
    }

    public void Dispose() => _file.Dispose();

    private void Begin(string path, string settings)
    {
        var whole = 0L;
        foreach (var (start, json) in WholeLines())
        {
            try
            {
                using var line = JsonDocument.Parse(json);
                if (start == 0)
                {
                    RequireSame(path, line.RootElement, settings);
                }
                else
                {
                    _lines[line.RootElement.GetProperty("window").GetString()!] =
                        new(line.RootElement.GetProperty("stamp").GetString()!, start, json.Length);
                }
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
            {
                // What a crash or a full disk left; all behind it is done again.
                break;
            }

            whole = start + json.Length + 1;
        }

        _file.SetLength(whole);
        if (whole == 0)
        {
            _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(new { settings }), (byte)'\n']);
            _file.Flush();
        }
    }

    private IEnumerable<(long Start, byte[] Json)> WholeLines()
    {
        _file.Position = 0;
        var (line, buffer) = (new List<byte>(), new byte[1 << 16]);
        var (start, place) = (0L, 0L);
        for (var count = _file.Read(buffer); count > 0; count = _file.Read(buffer))
        {
            for (var i = 0; i < count; i++)
            {
                place++;
                if (buffer[i] != '\n')
                {
                    line.Add(buffer[i]);
                    continue;
                }

                yield return (start, [.. line]);
                line.Clear();
                start = place;
            }
        }
    }

    private static void RequireSame(string path, JsonElement header, string settings)
    {
        if (header.GetProperty("settings").GetString() != settings)
        {
            throw new CommandException(
                $"{path} was begun with other options; give the same ones to go on, or choose another --out.");
        }
    }

    private sealed record Line(string Stamp, long Start, int Length);
}
