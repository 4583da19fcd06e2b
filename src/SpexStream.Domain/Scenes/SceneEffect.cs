using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Messages;

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
        public bool Equals(RunTiles? other) =>
            other is not null && Stage == other.Stage && Tiles.SequenceEqual(other.Tiles);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Stage, Tiles.Length);
    }

    /// <summary>Draw the findings of a survey stage; answered with <see cref="SceneInput.StageConcluded"/>.</summary>
    public sealed record Conclude(TileStage Stage) : SceneEffect;

    /// <summary>So many strips are expected, which nobody knew before.</summary>
    public sealed record ExpectStrips(int Count) : SceneEffect;

    /// <summary>Count rows from this one on, as they are counted now: it is the first of the scene. Comes before any
    /// tile; negative where a late strip may lie above.</summary>
    public sealed record Rebase(int FirstRow) : SceneEffect;

    /// <summary>The strip that came is the scene's, as this revision of its index; write that down, then say
    /// so.</summary>
    public sealed record TakeStrip(int StripIndex, int Revision) : SceneEffect;

    /// <summary>Use a strip that was taken from now on, in place of what its index held before.</summary>
    public sealed record UseStrip(StripEntry Strip, int Revision) : SceneEffect;

    /// <summary>A strip is used no more.</summary>
    public sealed record DropStrip(int StripIndex) : SceneEffect;

    /// <summary>The pass was said to be over, with so many strips and these tiers if that was said, too; write that
    /// down.</summary>
    public sealed record NotePassEnd(int? StripCount, ImmutableSortedDictionary<int, StripTier>? Tiers = null)
        : SceneEffect;

    /// <summary>Strips are waited for no longer; write that down.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="FirstRow">Row, as strips were announced, that is the scene's first.</param>
    /// <param name="Height">Rows of the scene.</param>
    /// <param name="MissingStrips">Expected strips that were given up, ascending.</param>
    public sealed record StopGathering(CloseReason Reason, int FirstRow, int Height, ImmutableArray<int> MissingStrips)
        : SceneEffect
    {
        /// <inheritdoc/>
        public bool Equals(StopGathering? other) => other is not null
            && (Reason, FirstRow, Height) == (other.Reason, other.FirstRow, other.Height)
            && MissingStrips.SequenceEqual(other.MissingStrips);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Reason, FirstRow, Height, MissingStrips.Length);
    }

    /// <summary>Critical strips are missing: say which, and publish nothing as final.</summary>
    public sealed record ReportMissing(ImmutableArray<int> CriticalStrips) : SceneEffect
    {
        /// <inheritdoc/>
        public bool Equals(ReportMissing? other) =>
            other is not null && CriticalStrips.SequenceEqual(other.CriticalStrips);

        /// <inheritdoc/>
        public override int GetHashCode() => CriticalStrips.Length;
    }

    /// <summary>A closed scene is worked on again, for this revision of its product; write that down.</summary>
    /// <param name="Revision">Revision of the product to come.</param>
    /// <param name="Reason">Why, for people.</param>
    public sealed record Reopen(int Revision, string Reason = Reopen.LateStrip) : SceneEffect
    {
        /// <summary>The usual reason.</summary>
        public const string LateStrip = "A strip came after the scene was closed.";
    }

    /// <summary>Forget what surveys counted and found: it held pixels that do not count any more.</summary>
    public sealed record ForgetSurveys : SceneEffect;

    /// <summary>Publish the preliminary observations of a strip: all its tiles are classified.</summary>
    public sealed record SummariseStrip(int StripIndex) : SceneEffect;

    /// <summary>The same strip came again: count it.</summary>
    public sealed record CountDuplicate(int StripIndex) : SceneEffect;

    /// <summary>A strip came that the scene cannot take any more; say so.</summary>
    public sealed record RefuseStrip(int StripIndex, Rejection Rejection) : SceneEffect;

    /// <summary>Send <see cref="SceneInput.Ticked"/> at this time.</summary>
    public sealed record WakeAt(DateTimeOffset Time) : SceneEffect;

    /// <summary>Put the products of a revision together and publish them; answered with
    /// <see cref="SceneInput.ProductsAssembled"/>.</summary>
    public sealed record Assemble(int Revision, int Height, double CompletenessPercent) : SceneEffect;
}
