namespace SpexStream.Domain.Regions;

/// <summary>Finds edges of drafts that meet where they must not, by a sweep over their left ends. Exact
/// integers.</summary>
internal static class EdgeConflicts
{
    /// <summary>Restores the exact corners along every edge that meets another one.</summary>
    /// <returns>Whether there was none.</returns>
    public static bool RestoreAll(List<DraftEdge> edges)
    {
        edges.Sort((a, b) => a.Left.CompareTo(b.Left));
        var clean = true;
        for (var i = 0; i < edges.Count; i++)
        {
            var edge = edges[i];
            for (var j = i + 1; j < edges.Count && edges[j].Left <= edge.Right; j++)
            {
                if (Meet(edge, edges[j]))
                {
                    clean = false;
                    edge.Ring.Restore(edge.From);
                    edges[j].Ring.Restore(edges[j].From);
                }
            }
        }

        return clean;
    }

    private static bool Meet(in DraftEdge p, in DraftEdge q)
    {
        if (Math.Max(p.A.Y, p.B.Y) < Math.Min(q.A.Y, q.B.Y) || Math.Max(q.A.Y, q.B.Y) < Math.Min(p.A.Y, p.B.Y))
        {
            return false;
        }

        if (ShareCorner(p, q, out var corner, out var one, out var other))
        {
            // Either one follows the other, or the corner is one that the exact rings share and pass as before.
            return FoldsBack(corner, one, other);
        }

        var (pa, pb) = (RingGeometry.Cross(q.A, q.B, p.A), RingGeometry.Cross(q.A, q.B, p.B));
        var (qa, qb) = (RingGeometry.Cross(p.A, p.B, q.A), RingGeometry.Cross(p.A, p.B, q.B));
        return Math.Sign(pa) * Math.Sign(pb) <= 0 && Math.Sign(qa) * Math.Sign(qb) <= 0;
    }

    private static bool ShareCorner(
        in DraftEdge p, in DraftEdge q, out PixelCorner corner, out PixelCorner one, out PixelCorner other)
    {
        var atEnd = p.B == q.A || p.B == q.B;
        (corner, one) = atEnd ? (p.B, p.A) : (p.A, p.B);
        other = q.A == corner ? q.B : q.A;
        return atEnd || p.A == q.A || p.A == q.B;
    }

    private static bool FoldsBack(PixelCorner corner, PixelCorner one, PixelCorner other) =>
        RingGeometry.Cross(corner, one, other) == 0
        && ((long)(one.X - corner.X) * (other.X - corner.X)) + ((long)(one.Y - corner.Y) * (other.Y - corner.Y)) > 0;
}
