using System.Text.Json.Serialization;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Alerts.Change;

/// <summary>What the newest pass of an alert says against the pass before it over the same ground, as it is kept and
/// told. Immutable.</summary>
/// <param name="Scene">Scene of the newer pass, on whose grid the two were compared.</param>
/// <param name="Revision">Revision of its product.</param>
/// <param name="Since">The pass before it.</param>
public sealed record ToldChange(SceneId Scene, int Revision, EarlierPass Since)
{
    /// <summary>What was found; null where the masks of the two could not be compared, so that nothing is known of
    /// gains and losses.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChangeFigures? Figures { get; init; }

    /// <summary>Positions of all outlines.</summary>
    [JsonIgnore]
    public int PositionCount => Figures is null ? 0
        : Figures.GainedPatches.Concat(Figures.LostPatches).Sum(patch => patch.Outline.VertexCount);

    // Only of the newest pass it is said what has changed: as it came with it, or as it was said when it came.
    internal static ToldChange? Of(AlertInput input, AreaPass newest, ToldChange? before)
    {
        var change = input is AlertInput.Observed observed && observed.Pass.Scene == newest.Scene
            ? observed.Change : before;
        return change?.Scene == newest.Scene && change.Revision == newest.Revision ? change : null;
    }
}
