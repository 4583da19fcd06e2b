using System.Runtime.InteropServices;

namespace SpexStream.Raster.Native;

/// <summary>
/// What kind of thing lies at a path, asked without opening it: opening a pipe blocks until somebody writes into it,
/// and opening a device can do anything. The base library has no such question.
/// </summary>
internal static unsafe partial class FileStatus
{
    private const int CurrentFolder = -100;
    private const uint WantType = 1;
    private const int NotPermitted = 13;
    private const int TypeMask = 0xF000;

    /// <summary>The kind, symbolic links followed; null where nothing is seen or the system cannot be asked.</summary>
    public static FileKind? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var status = default(Statx);
        try
        {
            if (Query(CurrentFolder, path, 0, WantType, &status) != 0)
            {
                return Marshal.GetLastPInvokeError() == NotPermitted ? FileKind.Hidden : null;
            }
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018: whoever asks goes by what the base library knows.
            return null;
        }

        return (status.Mode & TypeMask) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Folder,
            0x1000 => FileKind.Pipe,
            0xC000 => FileKind.Socket,
            _ => FileKind.Device,
        };
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Query(int folder, string path, int flags, uint mask, Statx* status);

    // struct statx of statx(2): 256 bytes, laid out alike on every architecture, unlike struct stat.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Statx
    {
        [FieldOffset(28)]
        public ushort Mode;
    }
}
