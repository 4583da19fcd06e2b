using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Sharing;

/// <summary>What the devices of this node have to do, of its own scenes and of others'. Safe for use from several
/// threads.</summary>
/// <param name="enough">Tiles that keep the devices busy (<see cref="TileSharing.Enough"/>).</param>
/// <param name="atOnce">Tiles that they answer at once.</param>
internal sealed class DeviceLoad(int enough, int atOnce)
{
    private int _tiles;
    private int _scenes;

    /// <summary>Tiles at the devices.</summary>
    public int Tiles => Volatile.Read(ref _tiles);

    /// <summary>Scenes of this node that have tiles for the devices.</summary>
    public int Scenes => Volatile.Read(ref _scenes);

    /// <summary>How many more tiles keep the devices busy.</summary>
    public int Lacking => TileSharing.Fetches(Tiles, enough);

    /// <summary>Rung when tiles begin to be lacking, and when a device begins to stand still.</summary>
    public Bell Eased { get; } = new();

    /// <summary>There are more or fewer tiles at the devices, and scenes that have some for them.</summary>
    public void Add(int tiles, int scenes = 0)
    {
        Interlocked.Add(ref _scenes, scenes);
        var now = Interlocked.Add(ref _tiles, tiles);
        if (HasFallenBelow(enough) || HasFallenBelow(atOnce))
        {
            Eased.Ring();
        }

        bool HasFallenBelow(int bound) => now < bound && now - tiles >= bound;
    }
}
