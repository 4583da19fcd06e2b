using SpexStream.Domain.Announcements;
using SpexStream.Domain.Commands;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Pipeline.Sharing;

namespace SpexStream.Pipeline.Leases;

/// <summary>What a runtime works with that shares its scenes with other nodes, besides what every runtime needs. All of
/// it stays the caller's.</summary>
public sealed record LeasedPorts
{
    /// <summary>Keeps the leases of this node; outlives the runtime.</summary>
    public required LeaseKeeper Keeper { get; init; }

    /// <summary>Where leases are.</summary>
    public required ISceneLeases Leases { get; init; }

    /// <summary>Strips for scenes of other nodes.</summary>
    public required IStripInbox Inbox { get; init; }

    /// <summary>Says that a strip which another node had accepted was refused by its scene; ends when that is written
    /// down. A repeat for the same entry must say the same.</summary>
    public required Func<InboxEntry, Rejection, CancellationToken, ValueTask> OnRefused { get; init; }

    /// <summary>Answers an order that another node has passed on; ends when that is done, or given up.</summary>
    public Func<InboxItem.Order, CommandAnswer, CancellationToken, ValueTask> OnAnswered { get; init; } =
        (_, _, _) => ValueTask.CompletedTask;

    /// <summary>Where the tiles of big scenes are shared; null to work on each scene's tiles at its owner
    /// alone.</summary>
    public TileSharingPorts? Tiles { get; init; }

    /// <summary>Takes notice of scenes that this node cannot read; null where nobody looks at them.</summary>
    public UnreadableScenes? Unreadable { get; init; }

    /// <summary>Told when a look at the leases of all nodes failed; must not block.</summary>
    public Action<string> OnTrouble { get; init; } = _ => { };
}
