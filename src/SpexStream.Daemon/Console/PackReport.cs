using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using SpexStream.Domain.LandCover;
using SpexStream.Inference.Examination;
using SpexStream.Inference.Packs;

namespace SpexStream.Daemon.Console;

/// <summary>Shows what is known of a pack, as text or as one JSON object.</summary>
internal static class PackReport
{
    private static readonly Dictionary<byte, string> Covers = new()
    {
        [CoverCode.Land] = "none of them",
        [CoverCode.Water] = "water",
        [CoverCode.Vegetation] = "vegetation",
        [CoverCode.Buildings] = "buildings",
        [CoverCode.Cloud] = "cloud",
        [CoverCode.CloudShadow] = "cloud shadow",
        [CoverCode.SnowIce] = "snow or ice",
        [CoverCode.Undecided] = "no answer",
    };

    public static void Print(PackFiles files, bool json)
    {
        var pack = files.Description;
        var tiling = pack.Tiling;
        var edge = tiling.Edge is { } fixedEdge ? $"{fixedEdge}" : "as large as a tile";
        Write(json, [
            ("name", pack.Name),
            ("version", pack.Version),
            ("sha256", files.Identity.Sha256),
            ("architecture", pack.Architecture),
            ("bytes", files.Bytes),
            ("graph", pack.GraphFile),
            ("bands", string.Join(',', pack.Input.Bands)),
            ("takes", $"{(pack.Input.TakesReflectance ? "reflectance" : "counts")}, {pack.Input.Type}"),
            ("gives", $"{(pack.Output.IsLogits ? "logits" : "probabilities")}, {pack.Output.Type}, "
                + (pack.Output.IsExclusive ? "one class a pixel" : "classes for themselves")),
            ("classes", string.Join(
                ", ", pack.Output.Classes.Select(one => $"{one.Name} ({one.Target.ToString().ToLowerInvariant()})"))),
            ("window", edge),
            ("overlap", $"{tiling.Overlap}, {(tiling.Blends ? "blended" : "cut off")}"),
        ]);
    }

    public static void Print(SpexPackLook look, bool json)
    {
        var (pack, description) = (look.Pack, look.Pack.Description);
        var sizes = description.Sizes;
        Write(json, [
            ("name", description.Name),
            ("version", description.Version),
            ("sha256", pack.Identity.Sha256),
            ("architecture", "SPEX"),
            ("trained", description.Trained),
            ("bytes", pack.Bytes),
            ("precision", $"{description.Precision}".ToLowerInvariant()),
            ("bands", string.Join(',', description.Input.Bands)),
            ("image_pixels", description.Input.SizePixels),
            ("layers", sizes.Language.Layers),
            ("width", sizes.Language.Hidden),
            ("vocabulary", sizes.Language.Vocabulary),
            ("tokenizer_tokens", look.TokenizerTokens),
            ("most_new_tokens", description.Limits.MostNewTokens),
            ("most_positions", description.Limits.MostPositions),
            ("most_prompt_tokens", look.MostPromptTokens),
        ]);
    }

    public static void Print(PackTrialResult result, bool json)
    {
        Write(json, [
            ("name", result.Identity.Name),
            ("version", result.Identity.Version),
            ("sha256", result.Identity.Sha256),
            ("provider", result.Provider),
            ("windows", result.Windows),
            ("infer_ms", Math.Round(result.InferSeconds * 1000, 2)),
            ("memory_bytes", result.MemoryBytes),
            .. Spoken(result),
            ("covers", string.Join(", ", result.Covers.Select(pair => $"{Cover(pair.Key)}: {pair.Value}"))),
            ("faults", string.Join("; ", result.Faults.DefaultIfEmpty("none"))),
        ]);
    }

    public static void Print(PackBenchResult result, bool json)
    {
        Write(json, [
            ("name", result.Identity.Name),
            ("sha256", result.Identity.Sha256),
            ("provider", result.Provider),
            ("rounds", result.Rounds),
            ("bare_tiles_per_s", Math.Round(result.Bare, 2)),
            ("alone_tiles_per_s", Math.Round(result.Alone, 2)),
            ("overlapped_tiles_per_s", Math.Round(result.Overlapped, 2)),
            ("alone_ratio", Math.Round(result.Alone / result.Bare, 3)),
            ("overlapped_ratio", Math.Round(result.Overlapped / result.Bare, 3)),
        ]);
    }

    private static IEnumerable<(string Key, object Value)> Spoken(PackTrialResult result) =>
        result.Words is { } words ? [("tokens", result.Tokens), ("words", Printable(words))] : [];

    // An untrained model says whatever bytes come; a terminal shall not take them for commands.
    private static string Printable(string words) =>
        string.Concat(words.Select(letter => char.IsControl(letter) ? ' ' : letter));

    // Independent classes may hold at once; their bits are told one by one.
    private static string Cover(byte code) => Covers.TryGetValue(code, out var name)
        ? name
        : string.Join(" and ", Covers.Where(
            pair => pair.Key is > 0 and < CoverCode.FirstReason && (code & pair.Key) != 0).Select(pair => pair.Value));

    private static void Write(bool json, (string Key, object Value)[] facts)
    {
        if (json)
        {
            var document = new JsonObject(
                facts.Select(fact => KeyValuePair.Create(fact.Key, JsonValue.Create(fact.Value) as JsonNode)));
            Terminal.Out.WriteLine(document.ToJsonString());
            return;
        }

        var text = new StringBuilder();
        foreach (var (key, value) in facts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{key.Replace('_', ' '),-24}{value}\n");
        }

        Terminal.Out.Write(text);
    }
}
