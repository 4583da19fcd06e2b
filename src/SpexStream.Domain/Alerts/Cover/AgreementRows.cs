namespace SpexStream.Domain.Alerts.Cover;

/// <summary>
/// What two backends say of a class on the same pixels. Seen is what the first one saw; where the second says nothing,
/// that counts against whoever asks: it is not the class where both have to say it, and it is where either may. One
/// thread at a time.
/// </summary>
/// <param name="first">The first one's rows.</param>
/// <param name="second">The second one's rows, as many and as wide.</param>
/// <param name="either">Whether it is enough that either says it.</param>
public sealed class AgreementRows(IClassRows first, IClassRows second, bool either) : IClassRows
{
    private readonly RunBand _first = new();
    private readonly RunBand _second = new();

    /// <inheritdoc/>
    public int Width => first.Width;

    /// <inheritdoc/>
    public int Height => first.Height;

    /// <inheritdoc/>
    public void Read(int row, RunBand band)
    {
        _first.Load(first, row, 1);
        _second.Load(second, row, 1);
        var one = _first.Row(row);
        var other = _second.Row(row);
        for (int i = 0, j = 0; i < one.Ends.Length;)
        {
            var end = Math.Min(one.Ends[i], other.Ends[j]);
            band.Add(end, Of(one.States[i], other.States[j]));
            i += one.Ends[i] == end ? 1 : 0;
            j += other.Ends[j] == end ? 1 : 0;
        }
    }

    private GroundState Of(GroundState one, GroundState other)
    {
        if (one == GroundState.Unseen)
        {
            return GroundState.Unseen;
        }

        var holds = either
            ? one == GroundState.Yes || other != GroundState.No
            : one == GroundState.Yes && other == GroundState.Yes;
        return holds ? GroundState.Yes : GroundState.No;
    }
}
