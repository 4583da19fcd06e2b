using SpexStream.Daemon.Files;
using SpexStream.Domain.Identity;
using SpexStream.Messaging.Ingest;

namespace SpexStream.Daemon.Commands.Input;

/// <summary>A folder that a verb is told to write into; what would go wrong there is told before any work.</summary>
internal static class OutputFolder
{
    private const string ItemFile = "item.json";

    /// <summary>Makes the folder with all that lead to it, and tries whether it can be written to.</summary>
    /// <exception cref="CommandException">It cannot.</exception>
    public static string Make(string option, string path)
    {
        if (Fault(path) is { } fault)
        {
            throw Unusable(option, path, fault);
        }

        return path;
    }

    /// <summary>A folder that the verb makes itself when all is ready; tried where it would be made.</summary>
    /// <exception cref="CommandException">It cannot be made.</exception>
    public static string New(string option, string path)
    {
        var place = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        while (!Directory.Exists(place))
        {
            if (File.Exists(place))
            {
                throw Unusable(option, path, $"{place} is a file");
            }

            place = Path.GetDirectoryName(place) ?? "/";
        }

        return FolderTrial.Fault(place) is { } fault ? throw Unusable(option, path, fault) : path;
    }

    /// <summary>
    /// Takes the place of a scene's products for this process; whoever disposes it gives the place back. The products
    /// replace a whole folder, so it must be one of products, and may not hold what they are made from.
    /// </summary>
    /// <exception cref="CommandException">Something else lies there, or another process is at work on it.</exception>
    public static IDisposable Claim(string option, string path, SceneId scene, string raster)
    {
        var target = Path.Combine(Make(option, path), scene.Value);
        if (File.Exists(target))
        {
            throw Refused(target, "is a file");
        }

        if (new FileInfo(target).LinkTarget is not null)
        {
            throw Refused(target, "is the product of a daemon");
        }

        if (Directory.Exists(target))
        {
            if (RealPath.IsInside(RealPath.Of(raster), RealPath.Of(target)))
            {
                throw Refused(target, "holds the raster itself, which the products would replace");
            }

            if (!File.Exists(Path.Combine(target, ItemFile)) && Directory.EnumerateFileSystemEntries(target).Any())
            {
                throw Refused(target, $"holds other things than products (it has no {ItemFile})");
            }

            Make(option, target);
        }

        try
        {
            return new FileStream(
                Path.Combine(path, $".{scene}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1,
                FileOptions.DeleteOnClose);
        }
        catch (IOException)
        {
            // The folder was just written to: only somebody else's lock can be in the way.
            throw Refused(target, "is being written by another process");
        }
    }

    private static CommandException Unusable(string option, string path, string fault) => new(
        $"{option} {path} cannot be made or written to: {fault}; give a folder that {Environment.UserName} can write to.",
        CommandException.Misused);

    private static CommandException Refused(string target, string why) =>
        new($"{target} {why}; choose another --scene or --out.");

    private static string? Fault(string path)
    {
        if (File.Exists(path))
        {
            return "it is a file";
        }

        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The reason goes into the caller's sentence.
            return FolderTrial.Reason(fault);
        }

        return FolderTrial.Fault(path);
    }
}
