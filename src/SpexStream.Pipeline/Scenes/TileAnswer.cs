using System.Collections.Immutable;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Regions;

namespace SpexStream.Pipeline.Scenes;

/// <summary>What is kept of a classified tile.</summary>
/// <param name="Result">Codes and components.</param>
/// <param name="Planes">Per-pixel planes of products, compressed, in the order of <see cref="PlaneSet"/>.</param>
/// <param name="Browse">Samples for the browse picture.</param>
/// <param name="Basis">What the classification rests on (<see cref="TileBasis"/>); another basis makes it
/// stale.</param>
internal sealed record TileAnswer(
    TileResult Result, ImmutableArray<byte[]> Planes, BrowseSamples? Browse, UInt128 Basis)
{
    /// <summary>What a model said, at most once for each class.</summary>
    public ImmutableArray<ModelText> Texts { get; init; } = [];
}
