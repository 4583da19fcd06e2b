namespace SpexStream.Domain.Alerts.Cover;

/// <summary>The runs of one row; a run begins where the one before it ends, the first at column 0.</summary>
public readonly ref struct RunRow(ReadOnlySpan<int> ends, ReadOnlySpan<GroundState> states)
{
    /// <summary>Column behind each run, ascending.</summary>
    public ReadOnlySpan<int> Ends { get; } = ends;

    /// <summary>State of each run.</summary>
    public ReadOnlySpan<GroundState> States { get; } = states;

    /// <summary>Number of the run that holds a column; <see cref="Ends"/>' length behind the last.</summary>
    public int RunAt(int column)
    {
        var (low, high) = (0, Ends.Length);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            (low, high) = Ends[middle] > column ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>What is said of a column; unseen off the row.</summary>
    public GroundState At(int column)
    {
        var run = column < 0 ? Ends.Length : RunAt(column);
        return run < Ends.Length ? States[run] : GroundState.Unseen;
    }
}
