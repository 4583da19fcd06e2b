using System.Text.Json.Serialization;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;

namespace SpexStream.Domain.Scenes;

/// <summary>What is known of a scene from the first strip that announces it.</summary>
public sealed record SceneSpec
{
    /// <summary>The scene.</summary>
    public required SceneId Id { get; init; }

    /// <summary>The platform that sensed it.</summary>
    public required PlatformId Platform { get; init; }

    /// <summary>Instruments, as announced; may be empty.</summary>
    public string Instruments { get; init; } = string.Empty;

    /// <summary>First moment sensed.</summary>
    public required DateTimeOffset SensedFrom { get; init; }

    /// <summary>Last moment sensed, as far as known.</summary>
    public required DateTimeOffset SensedTo { get; init; }

    /// <summary>Bands, sample type, radiometry, nodata.</summary>
    public required SceneImagery Imagery { get; init; }

    /// <summary>Pixels across.</summary>
    public required int Width { get; init; }

    /// <summary>Rows of the whole scene; null while unknown.</summary>
    public required int? Height { get; init; }

    /// <summary>Pixel of the scene to CRS; null without a georeference.</summary>
    public required Affine? Transform { get; init; }

    /// <summary>Coordinate system; null when unknown.</summary>
    public required CoordinateSystem? Crs { get; init; }

    /// <summary>
    /// Whether rows count from the CRS's own zero instead of the scene's first row, because no strip said where it
    /// lies. Where the scene begins is then known when its strips are complete.
    /// </summary>
    public bool RowsAreAbsolute { get; init; }

    /// <summary>Strips expected; null when unknown.</summary>
    public required int? StripCount { get; init; }

    /// <summary>0 (least) to 9 (most urgent).</summary>
    public int Priority { get; init; } = 5;

    /// <summary>When the answer is due; null for none.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>What a model that takes instructions is asked (<see cref="Spie.SpieInstruction"/>); null for the
    /// station's own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Instruction { get; init; }

    /// <summary>W3C trace context of the announcement that opened the scene; null where it had none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceParent { get; init; }

    /// <summary>The same scene with rows counted from its first row.</summary>
    public SceneSpec Rebased(int firstRow) =>
        this with { RowsAreAbsolute = false, Transform = Transform?.Shifted(0, firstRow) };
}
