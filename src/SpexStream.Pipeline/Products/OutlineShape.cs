using System.Runtime.InteropServices;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Products;
using SpexStream.Domain.Regions;

namespace SpexStream.Pipeline.Products;

/// <summary>A traced outline seen on Earth: positions are worked out when they are read, and kept nowhere.</summary>
internal sealed class OutlineShape(GroundMap map, TracedOutline outline) : IGroundShape
{
    public ReadOnlySpan<int> PolygonEnds => outline.PolygonEnds;

    public int RingLength(int ring) => outline.RingLength(ring);

    public void Read(int ring, int first, Span<double> positions) =>
        map.At(MemoryMarshal.Cast<PixelCorner, int>(outline.Ring(ring).Slice(first, positions.Length / 2)), positions);
}
