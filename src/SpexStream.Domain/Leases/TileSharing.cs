namespace SpexStream.Domain.Leases;

/// <summary>
/// Which tiles of a scene go to other nodes, and who takes them. Counts only: the owner gives the farthest away and
/// goes on from the near end; a node whose devices have not enough fetches what it gave away and nobody has begun, then
/// what others gave away. A device that stands still all the same doubles what others have begun; the first answer
/// counts. So what is left at the end is shared by the tile, and hardly any is worked on twice.
/// </summary>
public static class TileSharing
{
    /// <summary>Most tiles of one scene that are given away at once.</summary>
    public const int MostAway = 64;

    private const int AheadPerDevice = 2;
    private const int KeptPerDevice = 2;
    private const int LeastWindow = 2;

    /// <summary>Tiles that keep the devices of a node busy: for each the batch that it answers, and the next one. Of
    /// all scenes together, and of other nodes' tiles.</summary>
    public static int Enough(NodeDevices devices) => 2 * devices.AtOnce;

    /// <summary>How many tiles of a scene may be at the owner's devices at once. What is in hand nobody else can reach:
    /// while others could help it is the node's part of what waits, and less and less. At the end all scenes of a node
    /// have together what keeps its devices busy and what is read meanwhile, and each has two at least, so that it goes
    /// on by itself.</summary>
    /// <param name="devices">Devices of the owner.</param>
    /// <param name="waiting">Tiles of the scene that wait for them, and are not away; 0 or more.</param>
    /// <param name="others">Other nodes that are there, 0 or more.</param>
    /// <param name="scenes">Scenes of the owner that have tiles for its devices, this one among them; at least
    /// 1.</param>
    public static int Window(NodeDevices devices, int waiting, int others, int scenes)
    {
        var together = (2 * devices.AtOnce) + (AheadPerDevice * devices.Count);
        var own = Math.Max(LeastWindow, (together + scenes - 1) / scenes);
        return others == 0 ? devices.SceneTiles
            : Math.Min(devices.SceneTiles, Math.Max(own, waiting / (others + 1)));
    }

    /// <summary>How many more tiles of a scene to give away, 0 or more.</summary>
    /// <param name="devices">Devices of the owner.</param>
    /// <param name="inFlight">Tiles of the scene that they have.</param>
    /// <param name="waiting">Tiles that wait for them, and are not away.</param>
    /// <param name="away">Tiles that are away.</param>
    /// <param name="others">Other nodes that are there.</param>
    public static int Offers(NodeDevices devices, int inFlight, int waiting, int away, int others)
    {
        // Nodes are taken to be equally fast; who is not leaves more to the others.
        var share = Math.Min(MostAway, (inFlight + waiting + away) * others / (others + 1));
        return Math.Clamp(Math.Min(share - away, waiting - (KeptPerDevice * devices.Count)), 0, MostAway);
    }

    /// <summary>How many more tiles a node needs.</summary>
    /// <param name="tiles">Tiles that it has, others' among them.</param>
    /// <param name="enough">As many as keep its devices busy (<see cref="Enough"/>).</param>
    public static int Lacking(int tiles, int enough) => Math.Max(0, enough - tiles);

    /// <summary>Whether the owner works on a tile, too, that another node has begun: when a device stands still
    /// otherwise, for then it costs nobody anything, and helps where the other one is slow; and one at a time when the
    /// scene has waited for long, for the other one may have begun something else.</summary>
    /// <param name="isIdle">Whether a device of the owner stands still.</param>
    /// <param name="inHand">Tiles of the scene that the owner has, at its devices or waiting for them.</param>
    /// <param name="isLate">Whether the tile has been away for long.</param>
    public static bool Doubles(bool isIdle, int inHand, bool isLate) => isIdle || (isLate && inHand == 0);
}
