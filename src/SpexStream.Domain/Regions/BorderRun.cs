namespace SpexStream.Domain.Regions;

/// <summary>A run on the first or last row of a tile row, in scene columns; the node is -1 for pixels without
/// data.</summary>
internal readonly record struct BorderRun(int Start, int End, int Node);

/// <summary>
/// Walks over the pairs of runs of two neighbouring rows that touch, both lists from the left: over 8 neighbours with a
/// reach of 1, over 4 with a reach of 0.
/// </summary>
internal ref struct BorderContacts(ReadOnlySpan<BorderRun> above, ReadOnlySpan<BorderRun> below, int reach)
{
    private readonly ReadOnlySpan<BorderRun> _above = above;
    private readonly ReadOnlySpan<BorderRun> _below = below;
    private int _from = 0;
    private int _i = -1;
    private int _j = 0;

    public readonly BorderRun Above => _above[_i];

    public readonly BorderRun Below => _below[_j];

    public bool MoveNext()
    {
        for (_i++; _j < _below.Length; _j++, _i = _from)
        {
            var run = _below[_j];
            while (_from < _above.Length && _above[_from].End + reach <= run.Start)
            {
                _from++;
            }

            _i = Math.Max(_i, _from);
            if (_i < _above.Length && _above[_i].Start < run.End + reach)
            {
                return true;
            }
        }

        return false;
    }
}
