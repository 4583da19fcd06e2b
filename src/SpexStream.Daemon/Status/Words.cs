using System.Globalization;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;

namespace SpexStream.Daemon.Status;

/// <summary>Facts in one short line.</summary>
internal static class Words
{
    private const double SquareKilometre = 1e6;

    /// <summary>"water: 12.85 km², 4.9 % of what was clear (strip 3)".</summary>
    public static string Of(ClassFacts facts, string where)
    {
        var area = double.IsNaN(facts.AreaSquareMetres) ? $"{facts.Pixels} pixels"
            : string.Create(CultureInfo.InvariantCulture, $"{facts.AreaSquareMetres / SquareKilometre:0.##} km²");
        var share = facts.Visibility.Clear == 0 ? "nothing was clear"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{100.0 * facts.Pixels / facts.Visibility.Clear:0.0} % of what was clear");
        return $"{facts.Class.Slug()}: {area}, {share} ({where})";
    }
}
