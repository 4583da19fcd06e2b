namespace SpexStream.Domain.Alerts.Areas;

/// <summary>An edge of a polygon on a scene's pixel grid, from its upper end to its lower one; never level.</summary>
internal readonly record struct PixelEdge(double TopX, double TopY, double BottomX, double BottomY)
{
    /// <summary>Column at which it crosses a level; the same for neighbours that share the edge.</summary>
    public double At(double y) => TopX + ((y - TopY) * ((BottomX - TopX) / (BottomY - TopY)));
}
