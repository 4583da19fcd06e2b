using SpexStream.Domain.Identity;
using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Telemetry;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Sharing;

/// <summary>What the sharing of tiles has in common on a node. Safe for use from several threads.</summary>
internal sealed class TileDesk(TileSharingPorts ports, LeaseTerms terms, SpexMeter meter, TimeProvider time)
{
    private int _away;
    private Exception? _folderFault;

    public TileSharingPorts Ports => ports;

    public LeaseTerms Terms => terms;

    public TimeProvider Time => time;

    public SharedFolder Files { get; } = new(ports.Folder);

    /// <summary>Other nodes that are there; asked from any thread.</summary>
    public Func<int> Others { get; set; } = () => 0;

    /// <summary>Devices of this node.</summary>
    public int Devices { get; init; } = 1;

    /// <summary>Tiles that one of them answers at once when a model is asked.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>Tiles of own scenes that stand on the board.</summary>
    public int Away => Volatile.Read(ref _away);

    /// <summary>The sharing of one scene that this node owns.</summary>
    public ITileShare Open(SceneId scene, SceneLedger ledger, ISceneMailbox mailbox, CancellationToken abandoned) =>
        new BoardShare(this, scene, ledger.Epoch, mailbox, abandoned)
        {
            HasHeirloom = ledger.Epoch != ledger.FirstEpoch,
        };

    /// <summary>Whether the shared folder took a file; why not is told once until it does.</summary>
    public void TellFolder(Exception? fault)
    {
        if (Interlocked.Exchange(ref _folderFault, fault) is null && fault is not null)
        {
            ports.OnRefused(
                $"Big scenes are not shared, for the folder between the nodes takes no files: {fault.Message}");
        }
    }

    public void Count(int away) => Interlocked.Add(ref _away, away);

    /// <summary>A tile of another node's scene was answered here, or one of this node's elsewhere.</summary>
    public void CountShared(bool forOthers) => meter.TilesShared.Add(
        1, new KeyValuePair<string, object?>("direction", forOthers ? "for-others" : "by-others"));
}
