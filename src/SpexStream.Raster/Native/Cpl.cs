using System.Runtime.InteropServices;

namespace SpexStream.Raster.Native;

/// <summary>GDAL's common portability library: errors, options, memory files.</summary>
internal static unsafe partial class Cpl
{
    /// <summary>CE_Failure of cpl_error.h: from here on, what was asked for was not done.</summary>
    public const int Failure = 3;

    [LibraryImport(GdalLibrary.Name, EntryPoint = "CPLErrorReset")]
    public static partial void ErrorReset();

    [LibraryImport(GdalLibrary.Name, EntryPoint = "CPLGetLastErrorMsg")]
    public static partial byte* LastErrorMessage();

    [LibraryImport(GdalLibrary.Name, EntryPoint = "CPLGetLastErrorType")]
    public static partial int LastErrorType();

    [LibraryImport(GdalLibrary.Name, EntryPoint = "CPLSetErrorHandler")]
    public static partial nint SetErrorHandler(nint handler);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "CPLSetConfigOption", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetConfigOption(string key, string? value);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "VSIFree")]
    public static partial void Free(void* memory);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "VSIUnlink", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Unlink(string path);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "VSIGetMemFileBuffer", StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* MemoryFile(string path, out ulong length, int unlink);

    /// <summary>A string that GDAL owns; empty for null.</summary>
    public static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? string.Empty;

    /// <summary>What GDAL last said on this thread.</summary>
    public static string LastError()
    {
        var text = Text(LastErrorMessage()).Trim();
        return text.Length == 0 ? "GDAL gives no reason" : text;
    }
}
