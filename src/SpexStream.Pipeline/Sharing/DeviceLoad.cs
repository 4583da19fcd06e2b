using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Sharing;

/// <summary>What the devices of this node have to do, of its own scenes and of others'. Safe for use from several
/// threads.</summary>
/// <param name="devices">The devices.</param>
internal sealed class DeviceLoad(NodeDevices devices)
{
    private readonly int _enough = TileSharing.Enough(devices);
    private readonly Lock _lock = new();
    private int _tiles;
    private int _waiting;
    private int _scenes;

    /// <summary>The devices.</summary>
    public NodeDevices Devices => devices;

    /// <summary>Tiles at the devices.</summary>
    public int Tiles => Volatile.Read(ref _tiles);

    /// <summary>Scenes of this node that have tiles for the devices.</summary>
    public int Scenes => Volatile.Read(ref _scenes);

    /// <summary>How many more tiles keep the devices busy.</summary>
    public int Lacking => TileSharing.Lacking(Tiles, _enough);

    /// <summary>How many of them the scenes of this node have not in hand.</summary>
    public int ToFetch
    {
        get
        {
            lock (_lock)
            {
                return TileSharing.Lacking(_tiles + _waiting, _enough);
            }
        }
    }

    /// <summary>Whether a device stands still, or will when it has done what it does.</summary>
    public bool IsIdle => Tiles < devices.AtOnce;

    /// <summary>Rung when tiles begin to be lacking, in hand or at the devices, and when a device begins to stand
    /// still.</summary>
    public Bell Eased { get; } = new();

    /// <summary>There are more or fewer tiles at the devices, tiles that wait for them and may go there, and scenes
    /// that have some.</summary>
    public void Add(int tiles, int waiting = 0, int scenes = 0)
    {
        lock (_lock)
        {
            _scenes += scenes;
            _waiting += waiting;
            _tiles += tiles;
            if (HasFallenBelow(_enough, _tiles, tiles) || HasFallenBelow(devices.AtOnce, _tiles, tiles)
                || HasFallenBelow(_enough, _tiles + _waiting, tiles + waiting))
            {
                Eased.Ring();
            }
        }
    }

    private static bool HasFallenBelow(int bound, int now, int by) => now < bound && now - by >= bound;
}
