using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Scenes;

namespace SpexStream.Domain.Journal;

/// <summary>
/// Something that happened to a scene and cannot be taken back. The facts of a scene, in order, are all that is needed
/// to go on with it after a crash. Rows count as they were announced: from the scene's first row, or from the
/// coordinate system's zero where nobody said which row is the first (<see cref="GatheringEnded"/> then tells it).
/// </summary>
public abstract partial record SceneFact
{
    private SceneFact()
    {
    }

    /// <summary>Where the fact leaves the scene; null when it stands as before.</summary>
    public virtual SceneStanding? Leaves => null;

    /// <summary>The first strip was accepted, and what holds for the scene's whole life was fixed.</summary>
    /// <param name="Scene">The scene as its first strip describes it.</param>
    /// <param name="Terms">How it is worked on, whatever the configuration says later.</param>
    public sealed record SceneOpened(SceneSpec Scene, SceneTerms Terms) : SceneFact
    {
        /// <inheritdoc/>
        public override SceneStanding? Leaves => SceneStanding.Open;
    }

    /// <summary>A strip was accepted; with a revision above 1 it takes the place of what the index held
    /// before. With a revision that is there already, the same content lies in another file now.</summary>
    public sealed record StripAccepted(AcceptedStrip Strip) : SceneFact;

    /// <summary>A run of the process died while a tile with rows of a strip was on a device.</summary>
    /// <param name="Strip">The strip.</param>
    /// <param name="Tile">The tile.</param>
    /// <param name="Run"><see cref="JournalRun.Number"/> of the run that died.</param>
    public sealed record TileCrashed(StripKey Strip, TileIndex Tile, long Run) : SceneFact;

    /// <summary>The preliminary observations of a strip are in the outbox.</summary>
    public sealed record StripSummarised(StripKey Strip) : SceneFact;

    /// <summary>A strip is worked on no more: the process died too often on one of its tiles.</summary>
    /// <param name="Strip">The strip.</param>
    /// <param name="Crashes">How often.</param>
    /// <param name="Reason">One sentence for people.</param>
    public sealed record StripQuarantined(StripKey Strip, int Crashes, string Reason) : SceneFact;

    /// <summary>Somebody asked for a quarantined strip to be tried again; crashes count from zero.</summary>
    public sealed record StripReleased(StripKey Strip) : SceneFact;

    /// <summary>The pass is over.</summary>
    /// <param name="StripCount">Strips that were sent, some of which may still be on their way; null when no further
    /// strip will be announced.</param>
    /// <param name="Tiers">How much strips matter, by index, whether they ever come or not; null when nothing was
    /// said.</param>
    public sealed record PassEnded(
        int? StripCount = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        ImmutableSortedDictionary<int, StripTier>? Tiers = null) : SceneFact;

    /// <summary>Strips are waited for no longer. Journaled, because a timeout cannot be decided twice.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="FirstRow">Row, as strips count them, that is the first of the scene.</param>
    /// <param name="Height">Rows of the scene.</param>
    /// <param name="MissingStrips">Expected strips that were given up, ascending; empty where their number is
    /// unknown.</param>
    public sealed record GatheringEnded(CloseReason Reason, int FirstRow, int Height, ImmutableArray<int> MissingStrips)
        : SceneFact;

    /// <summary>A product stands: its folder is the scene's product now, and its messages are in the outbox.</summary>
    public sealed record ScenePublished(PublishedProduct Product) : SceneFact
    {
        /// <inheritdoc/>
        public override SceneStanding? Leaves => SceneStanding.Published;
    }

    /// <summary>The scene could not be finished; nothing of it was published as final.</summary>
    /// <param name="Reason">Code for machines, by <see cref="Identity.TopicLevel.Rule"/>.</param>
    /// <param name="Sentence">What happened and what to do, for people.</param>
    /// <param name="MissingStrips">Strips whose absence is the reason, ascending; empty when it is another.</param>
    public sealed record SceneFailed(string Reason, string Sentence, ImmutableArray<int> MissingStrips) : SceneFact
    {
        /// <inheritdoc/>
        public override SceneStanding? Leaves => SceneStanding.Failed;
    }

    /// <summary>A closed scene is worked on again.</summary>
    /// <param name="Revision">Revision of the product to come.</param>
    /// <param name="Reason">Why, for people: a late strip, a command.</param>
    public sealed record SceneReopened(int Revision, string Reason) : SceneFact
    {
        /// <inheritdoc/>
        public override SceneStanding? Leaves => SceneStanding.Open;
    }

    /// <summary>The scene's product was withdrawn and the withdrawal is in the outbox.</summary>
    /// <param name="Revision">The revision withdrawn.</param>
    /// <param name="Reason">Why, for people.</param>
    public sealed record SceneRetracted(int Revision, string Reason) : SceneFact
    {
        /// <inheritdoc/>
        public override SceneStanding? Leaves => SceneStanding.Retracted;
    }

    /// <summary>A scene that had failed was given up: nothing of it is kept any more for being tried again.</summary>
    /// <param name="Revision">Revision of the product that stands; 0 for none.</param>
    /// <param name="Reason">Why, for people.</param>
    public sealed record SceneAbandoned(int Revision, string Reason) : SceneFact
    {
        /// <inheritdoc/>
        public override SceneStanding? Leaves => Revision > 0 ? SceneStanding.Published : SceneStanding.Retracted;
    }

    /// <summary>The folder of a product that does not stand any more was deleted.</summary>
    /// <param name="Revision">Its revision.</param>
    /// <param name="Folder">Name of the folder.</param>
    public sealed record ProductRemoved(int Revision, string Folder) : SceneFact;
}
