using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SpexStream.Domain.Alerts.Cover;

/// <summary>
/// Some rows of a class as runs of <see cref="GroundState"/>: five bytes a run. One thread fills it; then any number of
/// threads may read until it is filled again.
/// </summary>
public sealed class RunBand
{
    private readonly List<int> _rowFirst = [0];
    private readonly List<int> _ends = [];
    private readonly List<GroundState> _states = [];

    /// <summary>First row of the scene in the band.</summary>
    public int FirstRow { get; private set; }

    /// <summary>Rows in the band.</summary>
    public int RowCount => _rowFirst.Count - 1;

    /// <summary>Row of the scene behind the last.</summary>
    public int EndRow => FirstRow + RowCount;

    /// <summary>Columns of the scene.</summary>
    public int Width { get; private set; }

    /// <summary>Reads rows in place of what the band held.</summary>
    public void Load(IClassRows rows, int firstRow, int count)
    {
        Begin(rows.Width, firstRow);
        for (var row = firstRow; row < firstRow + count; row++)
        {
            rows.Read(row, this);
            _rowFirst.Add(_ends.Count);
        }
    }

    /// <summary>Appends a run to the row that is being read; equal neighbours become one.</summary>
    /// <param name="end">Column behind it, above that of the run before.</param>
    /// <param name="state">What is said there.</param>
    public void Add(int end, GroundState state)
    {
        if (_ends.Count > _rowFirst[^1] && _states[^1] == state)
        {
            _ends[^1] = end;
            return;
        }

        _ends.Add(end);
        _states.Add(state);
    }

    /// <summary>The runs of a row: their exclusive ends and their states.</summary>
    public RunRow Row(int row)
    {
        var (first, end) = (_rowFirst[row - FirstRow], _rowFirst[row - FirstRow + 1]);
        return new(
            CollectionsMarshal.AsSpan(_ends)[first..end], CollectionsMarshal.AsSpan(_states)[first..end]);
    }

    /// <summary>Tells bands apart that do not say the same of the same rows: 64 hex digits.</summary>
    public string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<int>([Width, FirstRow]));
        hash.AppendData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_rowFirst)));
        hash.AppendData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_ends)));
        hash.AppendData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_states)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void Begin(int width, int firstRow)
    {
        (Width, FirstRow) = (width, firstRow);
        _rowFirst.Clear();
        _rowFirst.Add(0);
        _ends.Clear();
        _states.Clear();
    }
}
