using System.Runtime.InteropServices;

namespace SpexStream.Raster.Native;

/// <summary>GDAL's vector functions (ogr_api.h), as far as regions are written with them.</summary>
internal static unsafe partial class Ogr
{
    public const int Integer = 0;
    public const int Real = 2;
    public const int Text = 4;
    public const int Integer64 = 12;
    public const int MultiPolygon = 6;

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALDatasetCreateLayer", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint CreateLayer(nint dataset, string name, nint reference, int geometryType, byte** options);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OGR_Fld_Create", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint CreateFieldDefinition(string name, int type);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OGR_Fld_Destroy")]
    public static partial void DestroyFieldDefinition(nint definition);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OGR_L_CreateField")]
    public static partial int CreateField(nint layer, nint definition, int approximately);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OGR_L_GetLayerDefn")]
    public static partial nint LayerDefinition(nint layer);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OGR_L_CreateFeature")]
    public static partial int AddFeature(nint layer, nint feature);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OGR_F_Create")]
    public static partial nint CreateFeature(nint layerDefinition);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OGR_F_Destroy")]
    public static partial void DestroyFeature(nint feature);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OGR_F_SetFieldDouble")]
    public static partial void SetDouble(nint feature, int field, double value);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OGR_F_SetFieldInteger64")]
    public static partial void SetInteger(nint feature, int field, long value);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OGR_F_SetFieldString", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetText(nint feature, int field, string value);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OGR_F_SetGeometryDirectly")]
    public static partial int SetGeometryDirectly(nint feature, nint geometry);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "OGR_G_CreateFromWkb")]
    public static partial int GeometryFromWkb(void* wkb, nint reference, out nint geometry, int length);
}
