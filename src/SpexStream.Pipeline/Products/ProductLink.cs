using System.Globalization;
using SpexStream.Domain.Reliability;
using SpexStream.Pipeline.Retention;

namespace SpexStream.Pipeline.Products;

/// <summary>
/// A scene's name in the output folder: a symbolic link to the folder of its newest product, replaced by a rename, so
/// that every reader sees a whole product at any time.
/// </summary>
internal static class ProductLink
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
        FailPoints.Pass(FailPoints.LinkMiddle);
        try
        {
            LinuxFiles.Replace(aside, path);
        }
        catch (IOException)
        {
            File.Delete(aside);
            throw;
        }

        // The journal says next that this is the product: it must not go back to an older one when the power fails.
        LinuxFiles.FlushFolder(root);
    }

    /// <summary>The folder that a scene's name points to; null when there is no such link.</summary>
    public static string? TargetOf(string root, string scene) => new FileInfo(Path.Combine(root, scene)).LinkTarget;

    /// <summary>Whether a scene's name points to a product that is newer: of a later revision, or of a later writer of
    /// the same.</summary>
    public static bool LeadsFurther(string root, string scene, int revision, long epoch) =>
        TargetOf(root, scene) is { } folder
        && StoredNames.Product(folder) is { } product && product.Scene.Value == scene
        && (product.Revision, product.Epoch).CompareTo((revision, epoch)) > 0;

    /// <summary>Whether a folder's name is that of a product of this scene.</summary>
    public static bool IsOf(string folder, string scene) => StoredNames.Product(folder)?.Scene.Value == scene;

    /// <summary>Whether one product of a scene is newer than another, by the names of their folders.</summary>
    public static bool IsFurther(string folder, string than) =>
        StoredNames.Product(folder) is { } product && StoredNames.Product(than) is { } other
        && (product.Revision, product.Epoch).CompareTo((other.Revision, other.Epoch)) > 0;

    /// <summary>Takes a scene's name away, if it points to this folder; true when it did.</summary>
    public static bool Remove(string root, string scene, string folder)
    {
        var link = new FileInfo(Path.Combine(root, scene));
        if (link.LinkTarget != folder)
        {
            return false;
        }

        link.Delete();
        return true;
    }

    /// <summary>
    /// Deletes what crashed attempts at a revision left behind: their folders, whole or not, and links that did not get
    /// their place. Those of other epochs belong to somebody else.
    /// </summary>
    /// <param name="root">The output folder.</param>
    /// <param name="scene">The scene.</param>
    /// <param name="revision">The revision that is in its place now.</param>
    /// <param name="first">Epoch in which the scene was opened: what is older is not of this journal.</param>
    /// <param name="epoch">Epoch of what is in its place.</param>
    public static void Sweep(string root, string scene, int revision, long first, long epoch)
    {
        try
        {
            SweepAll(root, scene, revision, first, epoch);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What only takes room must not keep a product from the world.
        }
    }

    private static void SweepAll(string root, string scene, int revision, long first, long epoch)
    {
        var attempt = $"{scene}@r{revision}.e";
        foreach (var path in Directory.EnumerateDirectories(root, $"*{attempt}*"))
        {
            var name = Path.GetFileName(path).TrimStart('.');
            if (name.StartsWith(attempt, StringComparison.Ordinal) && EpochOf(name[attempt.Length..]) is var of
                && of >= first && of < epoch)
            {
                Directory.Delete(path, recursive: true);
            }
        }

        foreach (var path in Directory.EnumerateFileSystemEntries(root, $".{scene}.*"))
        {
            // Another scene's id may begin like this one; its entries are longer.
            if (Guid.TryParseExact(Path.GetFileName(path)[(scene.Length + 2)..], "N", out _)
                && new FileInfo(path).LinkTarget is not null)
            {
                File.Delete(path);
            }
        }
    }

    // Aside, a random part follows behind a further dot.
    private static long EpochOf(string rest) =>
        long.TryParse(rest.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            ? epoch
            : long.MaxValue;
}
