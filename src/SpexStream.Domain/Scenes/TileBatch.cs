using System.Collections.Immutable;
using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Scenes;

/// <summary>Tiles that go through the backend's passes together, and those still missing in the pass at hand.</summary>
public sealed record TileBatch(
    int Number, int Pass, ImmutableArray<TileIndex> Tiles, ImmutableHashSet<TileIndex> Missing)
{
    /// <summary>Whether its tiles were handed out.</summary>
    public bool IsStarted { get; init; }

    /// <summary>The pass at hand.</summary>
    public TileStage Stage => new(Number, Pass);

    /// <summary>A batch at its first pass.</summary>
    public static TileBatch Start(int number, int pass, IEnumerable<TileIndex> tiles)
    {
        ImmutableArray<TileIndex> all = [.. tiles];
        return new(number, pass, all, [.. all]);
    }

    /// <summary>The same tiles at the next pass.</summary>
    public TileBatch Next() => this with { Pass = Pass + 1, Missing = [.. Tiles] };
}
