namespace SpexStream.Inference.Segmentation;

/// <summary>Continues rows and columns beyond the last measured one as in a mirror whose plane is that pixel.</summary>
internal static class Mirror
{
    /// <summary>The pixel within <paramref name="first"/> .. <paramref name="end"/> - 1 that stands for one outside;
    /// as often
    /// to and fro as it takes.</summary>
    public static int At(int pixel, int first, int end)
    {
        var last = end - 1;
        if (pixel >= first && pixel <= last)
        {
            return pixel;
        }

        if (first == last)
        {
            return first;
        }

        var period = 2 * (last - first);
        var place = (((pixel - first) % period) + period) % period;
        return first + Math.Min(place, period - place);
    }
}
