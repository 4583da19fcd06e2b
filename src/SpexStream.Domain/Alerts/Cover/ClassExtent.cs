namespace SpexStream.Domain.Alerts.Cover;

/// <summary>How much of a class there is in an area.</summary>
/// <param name="ClassSquareMetres">All of it, in square metres; parts below the minimum left out.</param>
/// <param name="LargestSquareMetres">Its largest part, in square metres.</param>
public sealed record ClassExtent(double ClassSquareMetres, double LargestSquareMetres)
{
    /// <summary>The extent that was measured.</summary>
    public static ClassExtent Of(AreaMeasurement measured) =>
        new(measured.ClassSquareMetres, measured.LargestSquareMetres);
}
