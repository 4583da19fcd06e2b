namespace SpexStream.Inference.Spex.Backend;

/// <summary>
/// Bilinear resizing of square planes with half-pixel centres, averaged where it shrinks: the triangle filter is as
/// wide as the step, and its weights add up to 1 at the edges, too. What the imaging library of the original calls
/// "bilinear" (Pillow, Image.resize), but for its rounding to 8 bits between the two directions. Scratch of one thread.
/// </summary>
internal sealed class PictureResampler
{
    private float[] _square = [];
    private float[] _across = [];
    private (int From, int To) _sizes;
    private Taps[] _taps = [];

    /// <summary>A plane of edge x edge to be filled.</summary>
    public Span<float> Square(int edge) => Room(ref _square, edge * edge);

    /// <summary>Resizes what <see cref="Square"/> was filled with.</summary>
    /// <param name="edge">Rows and columns of it.</param>
    /// <param name="side">Rows and columns of the target.</param>
    /// <param name="target">Receives [side, side].</param>
    public void Resize(int edge, int side, Span<float> target)
    {
        var square = Square(edge);
        if (edge == side)
        {
            square.CopyTo(target);
            return;
        }

        if (_sizes != (edge, side))
        {
            _sizes = (edge, side);
            _taps = [.. Enumerable.Range(0, side).Select(index => Taps.Of(index, edge, side))];
        }

        var across = Room(ref _across, edge * side);
        for (var y = 0; y < edge; y++)
        {
            var row = square.Slice(y * edge, edge);
            for (var x = 0; x < side; x++)
            {
                var (taps, sum) = (_taps[x], 0f);
                for (var i = 0; i < taps.Weights.Length; i++)
                {
                    sum += taps.Weights[i] * row[taps.First + i];
                }

                across[(y * side) + x] = sum;
            }
        }

        target.Clear();
        for (var y = 0; y < side; y++)
        {
            var line = target.Slice(y * side, side);
            for (var i = 0; i < _taps[y].Weights.Length; i++)
            {
                var row = across.Slice((_taps[y].First + i) * side, side);
                System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(row, _taps[y].Weights[i], line, line);
            }
        }
    }

    private static Span<float> Room(ref float[] memory, int length)
    {
        if (memory.Length < length)
        {
            memory = new float[length];
        }

        return memory.AsSpan(0, length);
    }

    // The pixels that a target pixel is the mean of, and their shares.
    private readonly record struct Taps(int First, float[] Weights)
    {
        public static Taps Of(int index, int edge, int side)
        {
            var step = (double)edge / side;
            var support = Math.Max(1, step);
            var centre = (index + 0.5) * step;
            var first = Math.Max(0, (int)(centre - support + 0.5));
            var behind = Math.Min(edge, (int)(centre + support + 0.5));
            var weights = Enumerable.Range(first, behind - first)
                .Select(pixel => Math.Max(0, 1 - (Math.Abs(pixel + 0.5 - centre) / support)))
                .ToArray();
            var sum = weights.Sum();
            return new(first, [.. weights.Select(weight => (float)(weight / sum))]);
        }
    }
}
