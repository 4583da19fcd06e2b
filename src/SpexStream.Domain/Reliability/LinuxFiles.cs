using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SpexStream.Domain.Reliability;

/// <summary>
/// What the framework does not offer of files, in one place, for all that must be on the disk before it is told of.
/// Safe for several threads.
/// </summary>
public static partial class LinuxFiles
{
    // O_RDONLY | O_CLOEXEC: the same number on every processor that the framework runs on.
    private const int ReadOnly = 0x80000;
    // EPERM, EEXIST, EOPNOTSUPP of Linux.
    private const int NotPermitted = 1;
    private const int NameTaken = 17;
    private const int NotSupported = 95;

    /// <summary>Gives something another name, in place of what has it; also of a symbolic link, which the framework's
    /// own move would follow.</summary>
    /// <param name="from">What is there.</param>
    /// <param name="to">Its new name, in the same file system.</param>
    /// <exception cref="IOException">The file system will not do it.</exception>
    public static void Replace(string from, string to)
    {
        if (Rename(from, to) != 0)
        {
            throw new IOException($"{to}: cannot be put into its place: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>Gives a file a name that nothing has yet, also when other machines try the same at that moment: one of
    /// them does it, which the framework's own move does not promise.</summary>
    /// <param name="from">What is there; gone when it got its name.</param>
    /// <param name="to">Its new name, in the same file system.</param>
    /// <returns>False when something has the name; nothing has changed then.</returns>
    /// <exception cref="IOException">The file system will not do it.</exception>
    public static bool TryName(string from, string to)
    {
        if (Link(from, to) == 0)
        {
            File.Delete(from);
            return true;
        }

        switch (Marshal.GetLastPInvokeError())
        {
            case NameTaken:
                return false;
            case NotPermitted or NotSupported when !File.Exists(to):
                // Some network file systems know no second names; there, the last one has it.
                Replace(from, to);
                return true;
            case NotPermitted or NotSupported:
                return false;
            default:
                throw new IOException($"{to}: cannot be named: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>
    /// Forces the names in a folder to the disk, as fsync(2) does for a folder: without it, a file that was flushed and
    /// renamed may be gone, or have its old name, after the power has failed. The framework opens no folders.
    /// </summary>
    /// <exception cref="IOException">The folder is not there, or the disk fails.</exception>
    public static void FlushFolder(string folder)
    {
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"{folder}: cannot be forced to the disk: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        // A file system that cannot do it for folders has nothing to lose there; that the framework passes over.
        RandomAccess.FlushToDisk(handle);
    }

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
