using System.Runtime.InteropServices;

namespace SpexStream.Raster.Native;

/// <summary>GDAL's spatial references and coordinate transformations (ogr_srs_api.h).</summary>
internal static unsafe partial class Osr
{
    /// <summary>x = longitude or easting, y = latitude or northing, whatever the authority says.</summary>
    public const int TraditionalGisOrder = 0;

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OSRNewSpatialReference", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint New(string? wkt);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OSRDestroySpatialReference")]
    public static partial void Destroy(nint reference);

    /// <summary>Where PROJ finds proj.db; the list ends with null and is copied.</summary>
    [LibraryImport(GdalLibrary.Name, EntryPoint = "OSRSetPROJSearchPaths")]
    public static partial void SetProjSearchPaths(byte** paths);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OSRSetFromUserInput", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetFromUserInput(nint reference, string definition);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OSRImportFromEPSG")]
    public static partial int ImportFromEpsg(nint reference, int code);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OSRSetAxisMappingStrategy")]
    public static partial void SetAxisMappingStrategy(nint reference, int strategy);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OSRIsGeographic")]
    public static partial int IsGeographic(nint reference);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OSRGetLinearUnits")]
    public static partial double LinearUnits(nint reference, byte** name);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OSRGetAuthorityName")]
    public static partial byte* AuthorityName(nint reference, byte* key);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OSRGetAuthorityCode")]
    public static partial byte* AuthorityCode(nint reference, byte* key);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OSRAutoIdentifyEPSG")]
    public static partial int AutoIdentifyEpsg(nint reference);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OSRExportToWkt")]
    public static partial int ExportToWkt(nint reference, out byte* wkt);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OCTNewCoordinateTransformation")]
    public static partial nint NewTransformation(nint source, nint target);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OCTDestroyCoordinateTransformation")]
    public static partial void DestroyTransformation(nint transformation);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OCTTransformEx")]
    public static partial int Transform(nint transformation, int count, double* x, double* y, double* z, int* success);
}
