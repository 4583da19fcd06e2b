using System.Collections.Immutable;
using System.Text.Json.Nodes;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;
using SpexStream.Domain.Spie;

namespace SpexStream.Daemon.Commands.Spie;

/// <summary>What became of one window: its dialogues, and the files that belong to them.</summary>
internal sealed class SpieRecord(string scene, SpieWindow window, SpieSplit? split, ImmutableArray<string> channels)
{
    public const string Images = "images";
    public const string Masks = "masks";

    private readonly string _name = window.NameIn(scene);

    public SpieWindow Window => window;

    /// <summary>Its part; null when it lies between parts and is left out.</summary>
    public SpieSplit? Split => split;

    public SpieOutcome Outcome { get; set; } = split is null ? SpieOutcome.BetweenParts : SpieOutcome.Used;

    public List<AskedClass> Dialogues { get; } = [];

    /// <summary>Classes that were not asked for because there is nothing.</summary>
    public int WithoutRegions { get; set; }

    /// <summary>Answers that spoke against their own facts.</summary>
    public int AnswersRefused { get; set; }

    /// <summary>Writes picture and masks, if there is a dialogue on it.</summary>
    public void WriteFiles(string folder, Func<byte[]> readPicture)
    {
        if (Dialogues.Count == 0)
        {
            return;
        }

        PngFile.Write(Path.Combine(folder, ImageName), SpieWindow.Size, 3, readPicture());
        foreach (var asked in Dialogues)
        {
            PngFile.Write(Path.Combine(folder, MaskName(asked.Facts.Class)), SpieWindow.Size, 1, asked.Truth);
        }
    }

    /// <summary>The line of the journal.</summary>
    public JsonObject Json(string stamp) => new()
    {
        ["window"] = _name,
        ["stamp"] = stamp,
        ["scene"] = scene,
        ["x"] = window.X,
        ["y"] = window.Y,
        ["outcome"] = Outcome.ToString(),
        ["split"] = split?.Name(),
        ["without_regions"] = WithoutRegions,
        ["answers_refused"] = AnswersRefused,
        ["records"] = new JsonArray([.. Dialogues.Select(asked => (JsonNode)Json(asked))]),
    };

    private string ImageName => $"{Images}/{_name}.png";

    private string MaskName(LandCoverClass value) => $"{Masks}/{_name}_{value.Slug()}.png";

    // The first four members are what training reads; the others say where it comes from.
    private JsonObject Json(AskedClass asked) => new()
    {
        ["id"] = $"{_name}_{asked.Facts.Class.Slug()}",
        ["image"] = ImageName,
        ["gt_image"] = MaskName(asked.Facts.Class),
        ["conversations"] = new JsonArray(
            new JsonObject { ["from"] = "human", ["value"] = asked.Dialogue.Question },
            new JsonObject { ["from"] = "gpt", ["value"] = asked.Dialogue.Answer }),
        ["class"] = asked.Facts.Class.Slug(),
        ["split"] = split?.Name(),
        ["scene"] = scene,
        ["window"] = new JsonArray(window.X, window.Y, SpieWindow.Size, SpieWindow.Size),
        ["channels"] = new JsonArray([.. channels.Select(name => (JsonNode)name)]),
        ["prompt_source"] = asked.IsOracle ? "labels" : "spectral",
        ["oracle"] = asked.IsOracle,
        ["gt_source"] = asked.TruthIsLabelled ? "labels" : "spectral",
        ["regions"] = asked.Facts.RegionCount,
        ["pixels"] = asked.Facts.Pixels,
        ["sizes"] = Words(asked.Facts.Largest.Select(region => region.Spie.Size)),
        ["locations"] = Words(asked.Facts.Largest.Select(region => region.Spie.Location)),
    };

    private static JsonArray Words(IEnumerable<string> words) => new([.. words.Select(word => (JsonNode)word)]);
}

/// <summary>What can become of a window.</summary>
internal enum SpieOutcome
{
    /// <summary>Its classes were looked at.</summary>
    Used,

    /// <summary>It shares pixels with a window of another part.</summary>
    BetweenParts,

    /// <summary>No pixel of it can be told.</summary>
    NothingClear,

    /// <summary>Less than half of it is labelled.</summary>
    FewLabels,
}

/// <summary>One class of a window, with question, answer and truth.</summary>
internal sealed record AskedClass(
    ClassFacts Facts, SpieDialogue Dialogue, byte[] Truth, bool IsOracle, bool TruthIsLabelled);
