namespace SpexStream.Domain.Leases;

/// <summary>
/// Which tiles of a big scene go to other nodes, and who takes them. Counts only: the owner gives the farthest away,
/// goes on from the near end, and takes the last ones back when its devices would stand still; what is answered first
/// counts.
/// </summary>
public static class TileSharing
{
    /// <summary>Most tiles of one scene that are given away at once.</summary>
    public const int MostAway = 64;

    private const int Ahead = 2;
    private const int KeptPerDevice = 2;
    private const int HeldPerDevice = 2;

    /// <summary>How many tiles of a scene may be at the owner's devices at once. While others could help it is few, or
    /// nothing would be left for them at the end: for each device the batch that it answers, the next one, and what is
    /// read meanwhile.</summary>
    /// <param name="sceneTiles">The bound without others.</param>
    /// <param name="devices">Devices of the owner, at least 1.</param>
    /// <param name="batch">Tiles that a device answers at once, at least 1.</param>
    /// <param name="others">Other nodes that are there.</param>
    public static int Window(int sceneTiles, int devices, int batch, int others) =>
        others == 0 ? sceneTiles : Math.Min(sceneTiles, ((2 * batch) + Ahead) * devices);

    /// <summary>How many more tiles to give away.</summary>
    /// <param name="waiting">Tiles that wait for the owner's devices, and are not away.</param>
    /// <param name="away">Tiles that are away.</param>
    /// <param name="devices">Devices of the owner.</param>
    /// <param name="others">Other nodes that are there.</param>
    public static int Offers(int waiting, int away, int devices, int others)
    {
        // Nodes are taken to be equally fast; who is not leaves more to the others.
        var share = Math.Min(MostAway, (waiting + away) * others / (others + 1));
        return Math.Clamp(Math.Min(share - away, waiting - (KeptPerDevice * devices)), 0, MostAway);
    }

    /// <summary>Whether the owner works on a tile that is away, too: when its devices would stand still after the batch
    /// at hand, for the next one takes time to be read.</summary>
    /// <param name="waiting">Tiles that wait for the owner's devices, and are not away.</param>
    /// <param name="inFlight">Tiles of the scene at the owner's devices.</param>
    /// <param name="devices">Devices of the owner.</param>
    /// <param name="batch">Tiles that a device answers at once, at least 1.</param>
    public static bool TakesBack(int waiting, int inFlight, int devices, int batch) =>
        waiting == 0 && inFlight < 2 * devices * batch;

    /// <summary>How many tiles of others a node claims: none while enough of its own wait, or while it gives tiles away
    /// itself.</summary>
    /// <param name="queued">Tiles that wait for the node's devices.</param>
    /// <param name="held">Tiles of others that it has claimed.</param>
    /// <param name="devices">Its devices.</param>
    /// <param name="batch">Tiles that a device answers at once, at least 1.</param>
    /// <param name="away">Tiles of its own scenes that it has given away.</param>
    public static int Claims(int queued, int held, int devices, int batch, int away) =>
        away > 0 || queued >= devices * batch ? 0 : Math.Max(0, (HeldPerDevice * devices * batch) - held);
}
