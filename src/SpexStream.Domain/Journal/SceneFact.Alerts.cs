using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Journal;

/// <summary>Facts of alerts: what a scene says of areas stands with the scene, all else in a stream of its own, for an
/// alert outlives every scene.</summary>
public abstract partial record SceneFact
{
    /// <summary>What a product says of areas that rules watch. Written with the product's publication, or just before
    /// it where it is long; without that it counts for nothing.</summary>
    /// <param name="Revision">Revision of the product.</param>
    /// <param name="SensedAt">When the scene was sensed last.</param>
    /// <param name="Backend">Name of the backend that answered.</param>
    /// <param name="Product">Link to the product; null when there is none.</param>
    /// <param name="Areas">What was measured; never empty.</param>
    public sealed record AreasMeasured(
        int Revision, DateTimeOffset SensedAt, string Backend, string? Product, ImmutableArray<AreaReading> Areas)
        : SceneFact;

    /// <summary>From here on alerts are judged by this form of a rule. One that watches another number than before
    /// begins anew.</summary>
    public sealed record RuleUsed(AlertRule Rule) : SceneFact;

    /// <summary>A rule is gone, and all that was known of it.</summary>
    public sealed record RuleDropped(RuleId Rule) : SceneFact;

    /// <summary>What was known of a rule in areas that it does not watch any more is forgotten. None of them has an
    /// open alert: that was cancelled before.</summary>
    /// <param name="Rule">The rule.</param>
    /// <param name="Areas">The areas; never empty.</param>
    public sealed record AreasDropped(RuleId Rule, ImmutableArray<AreaId> Areas) : SceneFact;

    /// <summary>A node has read rules that are others than it read before, and they are the ones that judge from here
    /// on: the facts before this one have made them so.</summary>
    /// <param name="Node">Its name.</param>
    /// <param name="Version"><see cref="RuleSet.Digest"/> of what it read.</param>
    public sealed record RulesRead(string Node, string Version) : SceneFact;

    /// <summary>Facts of several rules in areas, each in order; what is to be told of them is in the outbox.</summary>
    public sealed record AlertsJudged(ImmutableArray<AlertEntry> Entries) : SceneFact;

    /// <summary>All that a scene says of areas was judged.</summary>
    /// <param name="Scene">The scene.</param>
    /// <param name="Revision">Revision of its product.</param>
    /// <param name="IsWithdrawn">Whether it was judged that the product is withdrawn.</param>
    /// <param name="Since">When the product was published, or withdrawn.</param>
    public sealed record SceneJudged(SceneId Scene, int Revision, bool IsWithdrawn, DateTimeOffset Since) : SceneFact;

    /// <summary>States as they stood when the stream was begun anew, in place of the facts that led to them.</summary>
    public sealed record AlertsRestated(ImmutableArray<AlertSnapshot> States) : SceneFact;

    /// <summary>The stream goes on in another one; nothing is added to it any more.</summary>
    public sealed record StreamMoved : SceneFact
    {
        /// <inheritdoc/>
        public override SceneStanding? Leaves => SceneStanding.Retracted;
    }
}
