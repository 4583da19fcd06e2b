using System.Text.Encodings.Web;
using System.Text.Json;
using SpexStream.Domain.Spie;

namespace SpexStream.Daemon.Commands.Spie;

/// <summary>The lists that training reads, and the statistics, from the journal of windows. The same windows give the
/// same bytes, in how many runs they were ever made.</summary>
internal static class SpieFiles
{
    // What stands in quotes and brackets stays readable; the files are no part of a page.
    private static readonly JsonWriterOptions Readable =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static SpieStatistics Write(
        SpieSettings settings, SpieJournal journal, IEnumerable<string> windows,
        IReadOnlyList<(string Path, string Reason)> failures)
    {
        var statistics = new SpieStatistics(settings, failures);
        var parts = Enum.GetValues<SpieSplit>().ToDictionary(
            split => split.Name(), split => new Part(settings.Out, split.Name()));
        foreach (var window in windows)
        {
            using var line = journal.Read(window);
            statistics.AddWindow(line.RootElement);
            foreach (var record in line.RootElement.GetProperty("records").EnumerateArray())
            {
                record.WriteTo(parts[record.GetProperty("split").GetString()!].Writer);
                statistics.AddRecord(record);
            }
        }

        foreach (var part in parts.Values)
        {
            part.Complete();
        }

        WriteAside(Path.Combine(settings.Out, "statistics.txt"), statistics.Text() + "\n");
        WriteAside(
            Path.Combine(settings.Out, "statistics.json"),
            statistics.Json().ToJsonString(new() { WriteIndented = true, Encoder = Readable.Encoder }) + "\n");
        return statistics;
    }

    private static void WriteAside(string path, string text)
    {
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }

    private sealed class Part
    {
        private readonly string _path;
        private readonly FileStream _stream;

        public Part(string folder, string name)
        {
            _path = Path.Combine(folder, name + ".json");
            _stream = File.Create(_path + ".new");
            Writer = new(_stream, Readable);
            Writer.WriteStartArray();
        }

        public Utf8JsonWriter Writer { get; }

        public void Complete()
        {
            Writer.WriteEndArray();
            Writer.Dispose();
            _stream.WriteByte((byte)'\n');
            _stream.Dispose();
            File.Move(_path + ".new", _path, overwrite: true);
        }
    }
}
