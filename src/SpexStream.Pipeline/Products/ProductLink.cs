using System.Runtime.InteropServices;

namespace SpexStream.Pipeline.Products;

/// <summary>
/// A scene's name in the output folder: a symbolic link to the folder of its newest product, replaced by a rename, so that
/// every reader sees a whole product at any time.
/// </summary>
internal static partial class ProductLink
{
    /// <summary>Makes a scene's name point to a product folder beside it.</summary>
    /// <exception cref="IOException">The file system will not take it.</exception>
    public static void Point(string root, string scene, string folder)
    {
        var (path, aside) = (Path.Combine(root, scene), Path.Combine(root, $".{scene}.{Guid.NewGuid():N}"));
        if (new DirectoryInfo(path) is { Exists: true, LinkTarget: null })
        {
            // A product from before revisions had folders of their own; it stays, under a name that no scene can have.
            Directory.Move(path, $"{path}@r0.{Guid.NewGuid():N}");
        }

        File.CreateSymbolicLink(aside, folder);
        // The framework's own move looks at what the link points to, and does not replace one.
        if (Rename(aside, path) != 0)
        {
            var fault = Marshal.GetLastPInvokeErrorMessage();
            File.Delete(aside);
            throw new IOException($"{path}: cannot be made to point to {folder}: {fault}");
        }
    }

    /// <summary>Deletes what earlier attempts at a revision left behind; what will not go is left to
    /// retention.</summary>
    public static void Sweep(string root, string scene, int revision, string keep)
    {
        foreach (var other in Directory.EnumerateDirectories(root, $"{scene}@r{revision}.e*"))
        {
            if (Path.GetFileName(other) != keep)
            {
                TryDelete(other);
            }
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The product stands, and that is told: what is left of others takes room and does no harm.
            return;
        }
    }

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);
}
