using System.Globalization;
using SpexStream.Domain.Imagery;
using SpexStream.Raster.Native;

namespace SpexStream.Raster;

/// <summary>GDAL's spatial references and our <see cref="CoordinateSystem"/>.</summary>
internal static unsafe class SpatialReferences
{
    /// <summary>Describes a reference that GDAL owns; null for none.</summary>
    public static CoordinateSystem? Describe(nint reference)
    {
        if (reference == 0 || Osr.ExportToWkt(reference, out var wkt) != 0)
        {
            return null;
        }

        var text = Cpl.Text(wkt);
        Cpl.Free(wkt);
        if (text.Length == 0)
        {
            return null;
        }

        var authority = Cpl.Text(Osr.AuthorityName(reference, null));
        var code = Cpl.Text(Osr.AuthorityCode(reference, null));
        var geographic = Osr.IsGeographic(reference) != 0;
        return new CoordinateSystem(
            text,
            authority.Length > 0 && code.Length > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{authority}:{code}")
                : null,
            geographic,
            geographic ? 1 : Osr.LinearUnits(reference, null));
    }

    /// <summary>A reference of our own, x = east, y = north; the caller destroys it.</summary>
    /// <exception cref="FormatException">GDAL does not understand the definition.</exception>
    public static nint Create(string definition)
    {
        var reference = Osr.New(null);
        Cpl.ErrorReset();
        if (Osr.SetFromUserInput(reference, definition) != 0)
        {
            Osr.Destroy(reference);
            throw new FormatException($"'{definition}' is not a coordinate system that GDAL knows: {Cpl.LastError()}.");
        }

        Osr.SetAxisMappingStrategy(reference, Osr.TraditionalGisOrder);
        return reference;
    }
}
