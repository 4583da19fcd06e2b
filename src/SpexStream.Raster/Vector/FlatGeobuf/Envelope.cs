using System.Runtime.InteropServices;

namespace SpexStream.Raster.Vector.FlatGeobuf;

/// <summary>A box, as it lies in the index.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Envelope(double MinX, double MinY, double MaxX, double MaxY)
{
    /// <summary>The box of nothing, which joined with any other gives the other.</summary>
    public static readonly Envelope Empty = new(
        double.PositiveInfinity, double.PositiveInfinity, double.NegativeInfinity, double.NegativeInfinity);

    /// <summary>Whether it is the box of nothing.</summary>
    public bool IsEmpty => !(MinX <= MaxX && MinY <= MaxY);

    /// <summary>The least box around both.</summary>
    public Envelope With(Envelope other) => new(
        Math.Min(MinX, other.MinX), Math.Min(MinY, other.MinY), Math.Max(MaxX, other.MaxX), Math.Max(MaxY, other.MaxY));

    /// <summary>The least box around it and positions x, y, x, y ...</summary>
    public Envelope With(ReadOnlySpan<double> positions)
    {
        var (minX, minY, maxX, maxY) = this;
        for (var i = 0; i + 1 < positions.Length; i += 2)
        {
            var (x, y) = (positions[i], positions[i + 1]);
            minX = x < minX ? x : minX;
            maxX = x > maxX ? x : maxX;
            minY = y < minY ? y : minY;
            maxY = y > maxY ? y : maxY;
        }

        return new(minX, minY, maxX, maxY);
    }
}
