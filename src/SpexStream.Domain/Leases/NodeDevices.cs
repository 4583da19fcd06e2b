namespace SpexStream.Domain.Leases;

/// <summary>What a node can do at once.</summary>
/// <param name="Count">Its devices, at least 1.</param>
/// <param name="Batch">Tiles that a device answers at once, at least 1.</param>
/// <param name="SceneTiles">The most tiles of one scene at the devices at once, at least 1.</param>
public readonly record struct NodeDevices(int Count, int Batch, int SceneTiles)
{
    /// <summary>Tiles that its devices answer at once.</summary>
    public int AtOnce => Count * Batch;
}
