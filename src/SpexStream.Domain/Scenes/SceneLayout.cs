namespace SpexStream.Domain.Scenes;

/// <summary>What is fixed of a scene when its first strip comes.</summary>
/// <param name="Width">Pixels across; every strip has it.</param>
/// <param name="Height">Rows of the whole scene; null when only the closing tells.</param>
/// <param name="StripCount">Strips that are announced; null when unknown.</param>
/// <param name="TileSize">Edge of a tile in pixels.</param>
/// <param name="Halo">Context around a tile in pixels.</param>
/// <param name="PassCount">Passes over all tiles that the backend needs before it can classify finally.</param>
/// <param name="GatherTimeout">How long after the FIRST arrival missing strips are waited for.</param>
/// <param name="RowsAreAbsolute">Whether rows count from the CRS's zero: no tile can run before all strips are
/// in.</param>
public sealed record SceneLayout(
    int Width, int? Height, int? StripCount, int TileSize, int Halo, int PassCount, TimeSpan GatherTimeout,
    bool RowsAreAbsolute = false)
{
    /// <summary>How long a scene that a late strip opened again waits for more of them; never longer than the gather
    /// timeout.</summary>
    public TimeSpan LateGrace { get; init; } = TimeSpan.FromMinutes(1);
}
