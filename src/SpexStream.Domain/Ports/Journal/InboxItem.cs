using SpexStream.Domain.Announcements;
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
}
