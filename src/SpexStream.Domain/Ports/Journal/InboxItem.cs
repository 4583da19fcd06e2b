using SpexStream.Domain.Announcements;
using SpexStream.Domain.Commands;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Domain.Ports.Journal;

/// <summary>What one node accepts for a scene of another.</summary>
public abstract record InboxItem
{
    private InboxItem()
    {
    }

    /// <summary>The scene it is for.</summary>
    public abstract SceneId Target { get; }

    /// <summary>A strip whose header and grid were checked.</summary>
    /// <param name="Scene">The scene as this strip describes it.</param>
    /// <param name="Accepted">The strip. Which content of its index it is, the scene decides; its key says 1.</param>
    public sealed record Strip(SceneSpec Scene, AcceptedStrip Accepted) : InboxItem
    {
        /// <inheritdoc/>
        public override SceneId Target => Scene.Id;

        /// <summary>The strip as it was handed over.</summary>
        public static Strip From(StripDelivery delivery) => new(delivery.Scene, AcceptedStrip.Of(delivery, 1));

        /// <summary>The strip ready for the pipeline of the scene's owner.</summary>
        public StripDelivery Delivery() => Accepted.Delivery(Scene);
    }

    /// <summary>The pass is over.</summary>
    /// <param name="Pass">What was said of it.</param>
    public sealed record EndOfPass(PassEnd Pass) : InboxItem
    {
        /// <inheritdoc/>
        public override SceneId Target => Pass.Scene;
    }
    /// <summary>What a person asks of the scene, with the way back to whoever asked.</summary>
    /// <param name="Scene">The scene.</param>
    /// <param name="Verb">One of <see cref="CommandVerbs"/> that orders something of a scene.</param>
    /// <param name="Revision">Of a reprocessing or a withdrawal; null for whichever stands.</param>
    /// <param name="StripIndex">Of a release; null for others.</param>
    /// <param name="Reason">Why, for people; null when nobody said.</param>
    /// <param name="ReplyTo">Topic of the answer; null when none is wanted.</param>
    /// <param name="Correlation">What goes back with the answer, in base64; null when nothing does.</param>
    public sealed record Order(
        SceneId Scene, string Verb, int? Revision, int? StripIndex, string? Reason, string? ReplyTo,
        string? Correlation) : InboxItem
    {
        /// <inheritdoc/>
        public override SceneId Target => Scene;

        /// <summary>An order as it was given.</summary>
        public static Order From(SceneId scene, SceneOrder order, string? replyTo, string? correlation)
        {
            var plain = new Order(scene, CommandVerbs.Of(order), null, null, null, replyTo, correlation);
            return order switch
            {
                SceneOrder.Reprocess reprocess => plain with { Revision = reprocess.Revision },
                SceneOrder.Retract retract => plain with { Revision = retract.Revision, Reason = retract.Reason },
                SceneOrder.Release release => plain with { StripIndex = release.StripIndex },
                SceneOrder.Abandon abandon => plain with { Reason = abandon.Reason },
                _ => throw new ArgumentOutOfRangeException(nameof(order), order, null),
            };
        }

        /// <summary>The order for the scene; null for one that this version does not know.</summary>
        public SceneOrder? Asked() => (Verb, StripIndex) switch
        {
            (CommandVerbs.Reprocess, _) => new SceneOrder.Reprocess(Revision),
            (CommandVerbs.Retract, _) => new SceneOrder.Retract(Revision, Reason),
            (CommandVerbs.Release, { } strip) => new SceneOrder.Release(strip),
            (CommandVerbs.Abandon, _) => new SceneOrder.Abandon(Reason),
            _ => null,
        };
    }
}
