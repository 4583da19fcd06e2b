namespace SpexStream.Domain.Spectral;

/// <summary>The part of a scene that lies within reach of a cloud. Immutable.</summary>
public sealed class CloudReach
{
    private readonly bool[] _near;
    private readonly int _columns;
    private readonly int _cellPixels;

    internal CloudReach(bool[] near, int columns, int cellPixels) =>
        (_near, _columns, _cellPixels) = (near, columns, cellPixels);

    /// <summary>Whether dark land at this scene pixel is cloud shadow.</summary>
    public bool Contains(int row, int column) => Line(row)[column / _cellPixels];

    /// <summary>Cuts a run of a scene row at the border of the reach.</summary>
    /// <param name="row">Scene row.</param>
    /// <param name="column">First pixel of what is left of the run.</param>
    /// <param name="end">First pixel behind the run, greater than <paramref name="column"/>.</param>
    /// <param name="near">Whether the stretch lies within reach.</param>
    /// <returns>First pixel behind the stretch, at most <paramref name="end"/>; go on from there.</returns>
    public int Stretch(int row, int column, int end, out bool near)
    {
        var line = Line(row);
        var cell = column / _cellPixels;
        near = line[cell];
        var last = (end - 1) / _cellPixels;
        while (cell < last && line[cell + 1] == near)
        {
            cell++;
        }

        return cell == last ? end : (cell + 1) * _cellPixels;
    }

    /// <summary>Turns the dark land of one scene row into cloud shadow where it lies within reach.</summary>
    /// <param name="row">Scene row.</param>
    /// <param name="column">Scene column of the first code.</param>
    /// <param name="codes">Cover codes, changed in place.</param>
    public void Apply(int row, int column, Span<byte> codes)
    {
        var (at, end) = (column, column + codes.Length);
        while (at < end)
        {
            var next = Stretch(row, at, end, out var near);
            if (near)
            {
                Shade(codes[(at - column)..(next - column)]);
            }

            at = next;
        }
    }

    private static void Shade(Span<byte> codes)
    {
        foreach (ref var code in codes)
        {
            if (code < LandCover.CoverCode.FirstReason && (code & LandCover.CoverCode.DarkLand) != 0)
            {
                code = LandCover.CoverCode.CloudShadow;
            }
        }
    }

    private ReadOnlySpan<bool> Line(int row) => _near.AsSpan(row / _cellPixels * _columns, _columns);
}
