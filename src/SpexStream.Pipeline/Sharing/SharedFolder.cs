using SpexStream.Domain.Identity;

namespace SpexStream.Pipeline.Sharing;

/// <summary>
/// Files that nodes leave for each other beside the products: what is too large for the board. Written aside and
/// renamed, so that a name always has its whole content. The owner that closes a scene deletes its folder; what comes
/// later, or is left by one that died, goes with retention. Safe for use from several threads.
/// </summary>
/// <param name="root">A folder that all nodes see under the same content.</param>
internal sealed class SharedFolder(string root)
{
    private const int MostAttempts = 16;

    /// <summary>Puts a file into place, over one of that name.</summary>
    public async Task PutAsync(SceneId scene, string name, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var folder = Path.Combine(root, scene.Value);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await WriteAsync(folder, name, content, cancellation);
                return;
            }
            catch (Exception gone) when (
                attempt < MostAttempts && gone is DirectoryNotFoundException or FileNotFoundException)
            {
                // Another node deleted the last file at that moment, and the folder with it.
            }
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It is not there, or the name is that of no file in the scene's folder.</exception>
    public Task<byte[]> ReadAsync(SceneId scene, string name, CancellationToken cancellation) =>
        File.ReadAllBytesAsync(PathOf(scene, name), cancellation);

    /// <summary>Deletes a file, and the scene's folder with the last one; nothing when it is not there.</summary>
    public void Delete(SceneId scene, string name)
    {
        if (Path.Combine(root, scene.Value) is var folder && Directory.Exists(folder))
        {
            try
            {
                File.Delete(PathOf(scene, name));
                if (!Directory.EnumerateFileSystemEntries(folder).Any())
                {
                    DeleteEmpty(folder);
                }
            }
            catch (DirectoryNotFoundException)
            {
                // Another node was first.
            }
        }
    }

    /// <summary>Deletes all that was left for a scene.</summary>
    public void Clear(SceneId scene)
    {
        if (Path.Combine(root, scene.Value) is var folder && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WriteAsync(
        string folder, string name, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        Make(folder);
        var draft = Path.Combine(folder, $".{Guid.NewGuid():N}");
        try
        {
            await File.WriteAllBytesAsync(draft, content, cancellation);
            File.Move(draft, Path.Combine(folder, name), overwrite: true);
        }
        catch
        {
            if (Directory.Exists(folder))
            {
                File.Delete(draft);
            }

            throw;
        }
    }

    private static void Make(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (IOException fault) when (!File.Exists(folder))
        {
            // It was there, and when it was looked at it was not.
            throw new DirectoryNotFoundException(fault.Message, fault);
        }
    }

    private static void DeleteEmpty(string folder)
    {
        try
        {
            Directory.Delete(folder);
        }
        catch (IOException)
        {
            // Another node has put a file there since, or was first; an empty folder goes when the scene is closed.
        }
    }

    // Names come out of the database.
    private string PathOf(SceneId scene, string name) => Path.GetFileName(name) == name && name.Length > 0
        ? Path.Combine(root, scene.Value, name)
        : throw new FileNotFoundException($"'{name}' is no name in the shared folder.");
}
