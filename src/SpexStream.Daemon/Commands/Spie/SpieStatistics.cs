using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SpexStream.Domain.Spie;

namespace SpexStream.Daemon.Commands.Spie;

/// <summary>Counts over a training set.</summary>
internal sealed class SpieStatistics(SpieSettings settings, IReadOnlyList<(string Path, string Reason)> failures)
{
    private readonly SortedDictionary<string, long> _outcomes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _scenes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PartCounts> _parts =
        Enum.GetValues<SpieSplit>().ToDictionary(split => split.Name(), _ => new PartCounts());
    private readonly SortedDictionary<string, long> _sizes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _locations = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, long> _regions = [];
    private long _withoutRegions;
    private long _refused;
    private long _questionLength;
    private long _answerLength;
    private long _oracle;
    private long _records;

    public void AddWindow(JsonElement line)
    {
        Count(_outcomes, line.GetProperty("outcome").GetString()!);
        _withoutRegions += line.GetProperty("without_regions").GetInt64();
        _refused += line.GetProperty("answers_refused").GetInt64();
        if (line.GetProperty("records").GetArrayLength() > 0)
        {
            _parts[line.GetProperty("split").GetString()!].Pictures++;
        }
    }

    public void AddRecord(JsonElement record)
    {
        _records++;
        var part = _parts[record.GetProperty("split").GetString()!];
        Count(part.Classes, record.GetProperty("class").GetString()!);
        part.Pixels += record.GetProperty("pixels").GetInt64();
        Count(_scenes, record.GetProperty("scene").GetString()!);
        Count(_regions, record.GetProperty("regions").GetInt64());
        CountAll(_sizes, record.GetProperty("sizes"));
        CountAll(_locations, record.GetProperty("locations"));
        var dialogue = record.GetProperty("conversations");
        _questionLength += dialogue[0].GetProperty("value").GetString()!.Length;
        _answerLength += dialogue[1].GetProperty("value").GetString()!.Length;
        _oracle += record.GetProperty("oracle").GetBoolean() ? 1 : 0;
    }

    public JsonObject Json() => new()
    {
        ["seed"] = settings.Seed,
        ["window"] = SpieWindow.Size,
        ["stride"] = SpieWindow.Stride,
        ["records"] = _records,
        ["oracle_records"] = _oracle,
        ["parts"] = new JsonObject(_parts.Select(part => KeyValuePair.Create(part.Key, (JsonNode?)part.Value.Json()))),
        ["windows"] = Json(_outcomes),
        ["classes_without_regions"] = _withoutRegions,
        ["answers_refused"] = _refused,
        ["records_by_scene"] = Json(_scenes),
        ["regions_per_record"] = new JsonObject(_regions.Select(entry =>
            KeyValuePair.Create(entry.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)entry.Value))),
        ["sizes"] = Json(_sizes),
        ["locations"] = Json(_locations),
        ["mean_question_characters"] = Mean(_questionLength),
        ["mean_answer_characters"] = Mean(_answerLength),
        ["left_out"] = new JsonArray([.. failures.Select(failure =>
            (JsonNode)new JsonObject { ["path"] = failure.Path, ["reason"] = failure.Reason })]),
    };

    public string Text()
    {
        var text = new StringBuilder();
        Line($"seed {settings.Seed}; windows of {SpieWindow.Size} pixels every {SpieWindow.Stride}");
        Line($"the last window of a row or column is moved back to the edge; smaller scenes are padded with black");
        Line($"{_records} records, {_oracle} of them with prompts from labels (oracle)");
        foreach (var (name, part) in _parts)
        {
            var classes = string.Join(", ", part.Classes.Select(entry => $"{entry.Key} {entry.Value}"));
            classes = classes.Length == 0 ? "" : $" ({classes})";
            Line($"{name,-6}{part.Pictures,6} pictures {part.Records,6} records{classes}");
        }

        Line($"windows: {Words(_outcomes)}");
        Line($"{_withoutRegions} classes of windows had no region; {_refused} answers were refused by the checker");
        Line($"records by scene: {Words(_scenes)}");
        Line($"sizes: {Words(_sizes)}");
        Line($"places: {Words(_locations)}");
        Line($"mean length in characters: question {Mean(_questionLength)}, answer {Mean(_answerLength)}");
        foreach (var (path, reason) in failures)
        {
            Line($"left out: {path}: {reason}");
        }

        foreach (var empty in _parts.Where(part => part.Value.Records == 0))
        {
            Line($"note: {empty.Key} is empty; more scenes or another --seed will fill it");
        }

        return text.ToString().TrimEnd();

        void Line(FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');
    }

    private static string Words(SortedDictionary<string, long> counts) =>
        counts.Count == 0 ? "none" : string.Join(", ", counts.Select(entry => $"{entry.Key} {entry.Value}"));

    private static JsonObject Json(SortedDictionary<string, long> counts) =>
        new(counts.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));

    private static void CountAll(SortedDictionary<string, long> counts, JsonElement words)
    {
        foreach (var word in words.EnumerateArray())
        {
            Count(counts, word.GetString()!);
        }
    }

    private static void Count<T>(SortedDictionary<T, long> counts, T key) where T : notnull =>
        counts[key] = counts.GetValueOrDefault(key) + 1;

    private double Mean(long sum) => _records == 0 ? 0 : Math.Round((double)sum / _records, 1);

    private sealed class PartCounts
    {
        public long Pictures { get; set; }

        public long Pixels { get; set; }

        public SortedDictionary<string, long> Classes { get; } = new(StringComparer.Ordinal);

        public long Records => Classes.Values.Sum();

        public JsonObject Json() => new()
        {
            ["pictures"] = Pictures,
            ["records"] = Records,
            ["class_pixels"] = Pixels,
            ["by_class"] = SpieStatistics.Json(Classes),
        };
    }
}
