using System.Globalization;
using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Explanation;

/// <summary>
/// How numbers are written. Three significant digits, whole units from 100 up, a comma between thousands from 10,000
/// up. Areas in m² below one hectare, in ha below one square kilometre, else in km², by the rounded value.
/// </summary>
internal static class Figures
{
    private const double SquareMetresPerHectare = 1e4;
    private const double SquareMetresPerSquareKilometre = 1e6;

    /// <summary>An area with its unit, or the pixel count where the area on the ground is not known.</summary>
    public static string Area(double squareMetres, long pixels)
    {
        if (!double.IsFinite(squareMetres))
        {
            return Pixels(pixels);
        }

        if (Math.Round(squareMetres) < SquareMetresPerHectare)
        {
            return $"{Number(squareMetres)} m²";
        }

        return Math.Round(squareMetres / SquareMetresPerHectare, 1) < 100
            ? $"{Number(squareMetres / SquareMetresPerHectare)} ha"
            : $"{Number(squareMetres / SquareMetresPerSquareKilometre)} km²";
    }

    /// <summary>"1 pixel", "12,345 pixels".</summary>
    public static string Pixels(long pixels) => Counted(pixels, "pixel");

    /// <summary>A count and its noun with a regular plural.</summary>
    public static string Counted(long count, string noun) => $"{Whole(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>A whole number.</summary>
    public static string Whole(double value) =>
        value.ToString(Math.Abs(value) < 9999.5 ? "F0" : "N0", CultureInfo.InvariantCulture);

    /// <summary>A fraction 0..1 in percent with one decimal; what would round to a false 0 or 100 says so.</summary>
    public static string Percent(double fraction)
    {
        var percent = fraction * 100;
        if (percent is > 0 and < 0.05)
        {
            return "less than 0.1 %";
        }

        return percent is < 100 and >= 99.95
            ? "more than 99.9 %"
            : percent.ToString("F1", CultureInfo.InvariantCulture) + " %";
    }

    /// <summary>An index or threshold with three decimals.</summary>
    public static string Index(double value)
    {
        var text = value.ToString("F3", CultureInfo.InvariantCulture);
        return text == "-0.000" ? "0.000" : text;
    }

    /// <summary>Degrees with three decimals, about 100 m, and the letter of the hemisphere.</summary>
    public static string Position(LonLat position) =>
        $"{Degrees(position.Latitude, 'N', 'S')}, {Degrees(position.Longitude, 'E', 'W')}";

    private static string Degrees(double value, char positive, char negative) => string.Create(
        CultureInfo.InvariantCulture, $"{Math.Abs(value):F3}° {(value < 0 ? negative : positive)}");

    private static string Number(double value)
    {
        // The first number of decimals that leaves three significant digits after rounding.
        for (var (decimals, limit) = (0, 99.5); decimals < 6; decimals++, limit /= 10)
        {
            if (value >= limit)
            {
                return decimals == 0 ? Whole(value) : Fixed(value, decimals);
            }
        }

        return value == 0 ? "0" : Fixed(value, 6);
    }

    private static string Fixed(double value, int decimals) =>
        value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
