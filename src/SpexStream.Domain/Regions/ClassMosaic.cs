using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Regions;

/// <summary>
/// Joins the components of one class over tile borders, tile row by tile row. A component is a node of a union-find
/// forest; a region is closed, and its slot free again, once no pixel of it lies on the lower border of the last row.
/// </summary>
internal sealed class ClassMosaic
{
    private readonly TileGrid _grid;
    private readonly LandCoverClass _class;
    private readonly RegionFilter _filter;
    private readonly OpenRegions _open = new();
    private readonly int[] _nodeBase;
    private BorderRows _lower = new();
    private BorderRows _next = new();
    private readonly BorderRows _upper = new();
    private TileSide? _left;

    public ClassMosaic(TileGrid grid, LandCoverClass value, RegionFilter filter, SpillStore store)
    {
        (_grid, _class, _filter) = (grid, value, filter);
        _nodeBase = new int[grid.Count + 1];
        Links = new(store);
        Closed = new(store);
        Pieces = new(store);
        Bins = new(store);
    }

    public SpillList<NodeLink> Links { get; }

    public SpillList<RegionRecord> Closed { get; }

    public SpillList<BinPiece> Pieces { get; }

    public SpillList<ConfidenceBin> Bins { get; }

    public int OpenCount => _open.Count;

    public int OpenPeak => _open.Peak;

    public int NodeBase(TileIndex tile) => _nodeBase[(tile.Row * _grid.Columns) + tile.Column];

    /// <summary>Takes the next tile row, tiles from the left.</summary>
    public void AddRow(IReadOnlyList<TileResult> tiles)
    {
        _upper.Clear();
        _next.Clear();
        _left = null;
        foreach (var tile in tiles)
        {
            AddTile(tile);
        }

        JoinWithRowAbove();
        (_lower, _next) = (_next, _lower);
        CloseAllBut(tiles[0].Tile.Row);
    }

    /// <summary>Closes what is open and points every node at its region.</summary>
    public void Complete()
    {
        _lower.Clear();
        CloseAllBut(int.MaxValue);
        for (var node = 0; node < Links.Count; node++)
        {
            Links[node] = Links[Root(node)];
        }
    }

    private void AddTile(TileResult tile)
    {
        var labels = tile.Of(_class);
        var first = checked((int)Links.Count);
        _nodeBase[(tile.Tile.Row * _grid.Columns) + tile.Tile.Column] = first;
        foreach (ref readonly var component in labels.Stats)
        {
            AddNode(component, labels, tile.Core);
        }

        var side = TileSide.Of(tile, labels, first);
        if (_left is not null)
        {
            JoinSides(_left, side);
        }

        _left = side;
        _upper.Append(tile, labels, 0, first);
        if (tile.Core.Bottom < _grid.Height)
        {
            _next.Append(tile, labels, tile.Core.Height - 1, first);
        }
    }

    private void AddNode(in ComponentStats stats, TileLabels labels, PixelWindow core)
    {
        var inside = (stats.MinColumn > core.Column || core.Column == 0)
            && (stats.MinRow > core.Row || core.Row == 0)
            && (stats.MaxColumn < core.Right - 1 || core.Right == _grid.Width)
            && (stats.MaxRow < core.Bottom - 1 || core.Bottom == _grid.Height);
        if (inside && !_filter.Keeps(stats))
        {
            Links.Add(NodeLink.Dropped);
            return;
        }

        var piece = checked((int)Pieces.Count);
        Pieces.Add(new(Bins.Count, stats.Bins, -1));
        foreach (var bin in labels.Bins.Slice(stats.FirstBin, stats.Bins))
        {
            Bins.Add(bin);
        }

        var record = new RegionRecord
        {
            Stats = stats,
            FirstPiece = piece,
            LastPiece = piece,
            Node = (int)Links.Count,
            SeenInRow = -1,
        };
        Links.Add(inside ? Close(record) : NodeLink.ToSlot(_open.Open(record)));
    }

    private NodeLink Close(in RegionRecord record)
    {
        if (!_filter.Keeps(record.Stats))
        {
            return NodeLink.Dropped;
        }

        // The number of a region takes 30 bits of a link.
        var region = checked((int)Closed.Count * 2) / 2;
        Closed.Add(record);
        return NodeLink.ToRegion(region);
    }

    private void JoinSides(TileSide left, TileSide right)
    {
        for (var row = 0; row < right.Height; row++)
        {
            var node = right.First[row];
            if (node < 0)
            {
                if (node == TileSide.Nodata && left.Last[row] >= 0)
                {
                    Touch(left.Last[row]);
                }

                continue;
            }

            if (left.Last[row] == TileSide.Nodata)
            {
                Touch(node);
            }

            for (var other = Math.Max(row - 1, 0); other <= Math.Min(row + 1, right.Height - 1); other++)
            {
                if (left.Last[other] >= 0)
                {
                    Union(left.Last[other], node);
                }
            }
        }
    }

    private void JoinWithRowAbove()
    {
        for (var pairs = new BorderContacts(_lower.Runs, _upper.Runs, 1); pairs.MoveNext();)
        {
            Union(pairs.Above.Node, pairs.Below.Node);
        }

        for (var pairs = new BorderContacts(_lower.Runs, _upper.NodataRuns, 0); pairs.MoveNext();)
        {
            Touch(pairs.Above.Node);
        }

        for (var pairs = new BorderContacts(_lower.NodataRuns, _upper.Runs, 0); pairs.MoveNext();)
        {
            Touch(pairs.Below.Node);
        }
    }

    private void CloseAllBut(int tileRow)
    {
        foreach (var run in _lower.Runs)
        {
            _open[Links[Root(run.Node)].Slot].SeenInRow = tileRow;
        }

        for (var slot = 0; slot < _open.End; slot++)
        {
            ref var record = ref _open[slot];
            if (record.Node >= 0 && record.SeenInRow != tileRow)
            {
                Links[record.Node] = Close(record);
                _open.Free(slot);
            }
        }
    }

    private void Touch(int node) => _open[Links[Root(node)].Slot].Stats.Flags |= ComponentFlags.TouchesEdge;

    private void Union(int a, int b)
    {
        (a, b) = (Root(a), Root(b));
        if (a == b)
        {
            return;
        }

        (a, b) = a < b ? (a, b) : (b, a);
        var slot = Links[b].Slot;
        ref var into = ref _open[Links[a].Slot];
        ref var from = ref _open[slot];
        into.Stats.Merge(from.Stats);
        Pieces[into.LastPiece] = Pieces[into.LastPiece] with { Next = from.FirstPiece };
        into.LastPiece = from.LastPiece;
        Links[b] = NodeLink.ToParent(a);
        _open.Free(slot);
    }

    private int Root(int node)
    {
        for (var link = Links[node]; link.IsParent; link = Links[node])
        {
            var above = Links[link.Value];
            if (!above.IsParent)
            {
                return link.Value;
            }

            Links[node] = above;
            node = above.Value;
        }

        return node;
    }
}
