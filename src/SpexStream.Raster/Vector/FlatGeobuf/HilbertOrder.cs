namespace SpexStream.Raster.Vector.FlatGeobuf;

/// <summary>
/// Features along a Hilbert curve over their common extent, so that what is near on Earth is near in the file, from its
/// end to its beginning as FlatGeobuf's own programs do it. Features that fall onto the same point of the curve keep
/// the order in which they were meant to come.
/// </summary>
internal static class HilbertOrder
{
    private const int Bits = 16;
    private const double Last = (1 << Bits) - 1;

    /// <summary>Sorts features in place.</summary>
    public static void Sort(FeatureItem[] items, Envelope extent)
    {
        var keys = Array.ConvertAll(items, item => (~Place(item.Box, extent), item.Order));
        Array.Sort(keys, items);
    }

    /// <summary>Place of a box's middle on the curve.</summary>
    public static uint Place(Envelope box, Envelope extent) => Index(
        Scaled((box.MinX + box.MaxX) / 2, extent.MinX, extent.MaxX),
        Scaled((box.MinY + box.MaxY) / 2, extent.MinY, extent.MaxY));

    private static uint Scaled(double value, double least, double most) =>
        most > least ? (uint)Math.Clamp(Math.Floor(Last * (value - least) / (most - least)), 0, Last) : 0;

    // Hilbert's curve by quadrants, coarse ones first: each turns or flips what is inside (Warren, Hacker's Delight,
    // 2nd edition, chapter 16).
    private static uint Index(uint x, uint y)
    {
        uint index = 0;
        for (var bit = Bits - 1; bit >= 0; bit--)
        {
            var (right, upper) = ((x >> bit) & 1, (y >> bit) & 1);
            index = (index << 2) | ((3 * right) ^ upper);
            if (upper == 0)
            {
                (x, y) = right == 1 ? (~y, ~x) : (y, x);
            }
        }

        return index;
    }
}
