using System.Collections.Concurrent;
using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Telemetry;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Sharing;

/// <summary>What the sharing of tiles has in common on a node. Safe for use from several threads.</summary>
/// <param name="ports">Where tiles are offered.</param>
/// <param name="terms">How long a claim holds.</param>
/// <param name="devices">What this node can do at once.</param>
/// <param name="meter">Counts what was shared.</param>
/// <param name="time">The clock.</param>
internal sealed class TileDesk(
    TileSharingPorts ports, LeaseTerms terms, NodeDevices devices, SpexMeter meter, TimeProvider time)
{
    private readonly ConcurrentDictionary<BoardShare, SceneId> _shares = new();
    private Exception? _folderFault;
    private string? _broken;

    /// <summary>The desk of a node, from what its runtime is given.</summary>
    public static TileDesk Of(
        TileSharingPorts sharing, LeaseTerms terms, Func<int> others, LocalRuntimeOptions options,
        LocalRuntimePorts ports) =>
        new(
            sharing, terms, new(options.Devices.Length, options.Models?.BatchSize ?? 1, options.SceneTiles),
            ports.Meter, ports.Time)
        {
            Others = others,
        };

    public TileSharingPorts Ports => ports;

    public LeaseTerms Terms => terms;

    public TimeProvider Time => time;

    public SharedFolder Files { get; } = new(ports.Folder);

    /// <summary>Other nodes that are there; asked from any thread.</summary>
    public Func<int> Others { get; init; } = () => 0;

    /// <summary>What this node can do at once.</summary>
    public NodeDevices Devices => devices;

    /// <summary>What its devices have to do.</summary>
    public DeviceLoad Load { get; } = new(devices);

    /// <summary>Scenes of this node of which something has been put on the board, or is about to be.</summary>
    public ImmutableArray<SceneId> Given => [.. _shares.Where(open => open.Key.HasBegun).Select(open => open.Value)];

    /// <summary>The sharing of one scene that this node owns.</summary>
    public ITileShare Open(SceneId scene, SceneLedger ledger, ISceneMailbox mailbox, CancellationToken abandoned) =>
        Add(new BoardShare(this, scene, ledger.Epoch, mailbox, abandoned)
        {
            HasHeirloom = ledger.Epoch != ledger.FirstEpoch,
        });

    /// <summary>Whether the shared folder took a file; why not is told once until it does.</summary>
    public void TellFolder(Exception? fault)
    {
        if (Interlocked.Exchange(ref _folderFault, fault) is null && fault is not null)
        {
            ports.OnRefused(
                $"Big scenes are not shared, for the folder between the nodes takes no files: {fault.Message}");
        }
    }

    /// <summary>The sharing of a scene broke; what is the same again and again is told once.</summary>
    public void TellBroken(SceneId scene, Exception fault)
    {
        if (Interlocked.Exchange(ref _broken, fault.Message) != fault.Message)
        {
            ports.OnRefused($"Tiles of scene {scene} are taken back from other nodes: {fault.Message}");
        }
    }

    /// <summary>A scene of this node may give tiles away from now on.</summary>
    public BoardShare Add(BoardShare share)
    {
        _shares[share] = share.Scene;
        return share;
    }

    /// <summary>It is over.</summary>
    public void Remove(BoardShare share) => _shares.TryRemove(share, out _);

    /// <summary>Takes tiles back that this node gave away and nobody has begun, the most urgent first; gives how
    /// many.</summary>
    /// <param name="max">At most so many, at least 1.</param>
    /// <param name="cancellation">Takes the question back.</param>
    /// <exception cref="JournalException">The board did not answer.</exception>
    public async Task<int> ReclaimAsync(int max, CancellationToken cancellation)
    {
        // A scene that was lost and is here again may be about to end for the first time.
        var open = _shares.Keys.Select(share => (Share: share, share.Room))
            .Where(one => one.Room is not null)
            .OrderByDescending(one => one.Room!.Value.Epoch)
            .DistinctBy(one => one.Share.Scene)
            .ToDictionary(one => one.Share.Scene);
        if (open.Count == 0)
        {
            return 0;
        }

        var back = await ports.Board.ReclaimAsync(
            [.. open.Values.Select(one => one.Room!.Value)], max, terms.Term, cancellation);
        return back.Count(work => open[work.Scene].Share.HandBack(ITileShare.NumberOf(work.Number)));
    }

    /// <summary>Devices lack tiles: scenes that have some in hand may give them at once.</summary>
    public void TellLacking()
    {
        foreach (var share in _shares.Keys)
        {
            share.TellLacking();
        }
    }

    /// <summary>There is nothing to fetch: where a device stands still, scenes may double what others have
    /// begun.</summary>
    public void TellIdle()
    {
        foreach (var share in Load.IsIdle ? _shares.Keys : [])
        {
            share.TellIdle();
        }
    }

    /// <summary>A tile of another node's scene was answered here, or one of this node's elsewhere.</summary>
    public void CountShared(bool forOthers) => meter.TilesShared.Add(
        1, new KeyValuePair<string, object?>("direction", forOthers ? "for-others" : "by-others"));
}
