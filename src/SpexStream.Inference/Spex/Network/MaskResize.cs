namespace SpexStream.Inference.Spex.Network;

/// <summary>Bilinear resizing with half-pixel centres, the edge repeated, not averaged where it shrinks.</summary>
internal static class MaskResize
{
    /// <summary>Resizes one plane.</summary>
    /// <param name="source">[rows, columns].</param>
    /// <param name="columns">Columns of the source.</param>
    /// <param name="target">Receives [target rows, target columns].</param>
    /// <param name="targetColumns">Columns of the target.</param>
    public static void Bilinear(ReadOnlySpan<float> source, int columns, Span<float> target, int targetColumns)
    {
        var rows = source.Length / columns;
        var targetRows = target.Length / targetColumns;
        Span<Tap> across = targetColumns <= 1024 ? stackalloc Tap[targetColumns] : new Tap[targetColumns];
        for (var x = 0; x < targetColumns; x++)
        {
            across[x] = Tap.Of(x, columns, targetColumns);
        }

        for (var y = 0; y < targetRows; y++)
        {
            var down = Tap.Of(y, rows, targetRows);
            var upper = source.Slice(down.First * columns, columns);
            var lower = source.Slice(down.Second * columns, columns);
            var line = target.Slice(y * targetColumns, targetColumns);
            for (var x = 0; x < line.Length; x++)
            {
                var tap = across[x];
                line[x] = down.Mix(tap.Mix(upper[tap.First], upper[tap.Second]), tap.Mix(lower[tap.First], lower[tap.Second]));
            }
        }
    }

    // The two source pixels of a target pixel, and the share of the second.
    private readonly record struct Tap(int First, int Second, float Share)
    {
        public static Tap Of(int index, int length, int targetLength)
        {
            var scale = (float)length / targetLength;
            var place = MathF.Max(0, ((index + 0.5f) * scale) - 0.5f);
            var first = Math.Min((int)place, length - 1);
            return new Tap(first, Math.Min(first + 1, length - 1), place - first);
        }

        public float Mix(float first, float second) => (first * (1 - Share)) + (second * Share);
    }
}
