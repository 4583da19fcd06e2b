using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Scenes;

/// <summary>What a runtime has to do for a scene, in the order given.</summary>
public abstract record SceneEffect
{
    private SceneEffect()
    {
    }

    /// <summary>Run a stage on tiles; each is answered with <see cref="SceneInput.TileDone"/>.</summary>
    public sealed record RunTiles(TileStage Stage, ImmutableArray<TileIndex> Tiles) : SceneEffect
    {
        /// <inheritdoc/>
        public bool Equals(RunTiles? other) => other is not null && Stage == other.Stage && Tiles.SequenceEqual(other.Tiles);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Stage, Tiles.Length);
    }

    /// <summary>Draw the findings of a survey stage; answered with <see cref="SceneInput.StageConcluded"/>.</summary>
    public sealed record Conclude(TileStage Stage) : SceneEffect;

    /// <summary>So many strips are expected, which nobody knew before.</summary>
    public sealed record ExpectStrips(int Count) : SceneEffect;

    /// <summary>Count rows from this one on: it is the first of the scene. Comes before any tile.</summary>
    public sealed record Rebase(int FirstRow) : SceneEffect;

    /// <summary>Publish the preliminary observations of a strip: all its tiles are classified.</summary>
    public sealed record SummariseStrip(int StripIndex) : SceneEffect;

    /// <summary>The same strip came again: count it.</summary>
    public sealed record CountDuplicate(int StripIndex) : SceneEffect;

    /// <summary>A strip came that the scene cannot take any more; say so.</summary>
    public sealed record RefuseStrip(int StripIndex, Rejection Rejection) : SceneEffect;

    /// <summary>Send <see cref="SceneInput.Ticked"/> at this time.</summary>
    public sealed record WakeAt(DateTimeOffset Time) : SceneEffect;

    /// <summary>Put the products together; answered with <see cref="SceneInput.ProductsAssembled"/>.</summary>
    public sealed record Assemble(int Height, double CompletenessPercent) : SceneEffect;

    /// <summary>Publish the final observations and the closing of the scene.</summary>
    public sealed record PublishFinal(double CompletenessPercent) : SceneEffect;
}
