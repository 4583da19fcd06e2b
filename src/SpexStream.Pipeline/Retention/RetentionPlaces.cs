using System.Collections.Immutable;
using SpexStream.Domain.Retention;

namespace SpexStream.Pipeline.Retention;

/// <summary>Where the things lie that can be deleted.</summary>
/// <param name="DataRoot">Full path of the folder of the daemon's own data.</param>
/// <param name="OutputRoot">Full path of the folder of the products.</param>
public sealed record RetentionPlaces(string DataRoot, string OutputRoot)
{
    /// <summary>Whether products, and facts of scenes without any file, are this process's to delete: nodes that share
    /// them leave them to one.</summary>
    public Func<bool> KeepsProducts { get; init; } = () => true;

    /// <summary>Folder of the rasters that nodes spool for each other; cleaned by whose the products are. Null where
    /// there is none.</summary>
    public string? SharedSpool { get; init; }

    private const string Data = "data";
    private const string Output = "out";

    /// <summary>Folder of the work folders.</summary>
    public string Work => Path.Combine(DataRoot, "work");

    /// <summary>Folder of the spooled rasters.</summary>
    public string Spool => Path.Combine(DataRoot, "spool");

    /// <summary>Name of the volume that products lie on.</summary>
    public string OutputVolume => MountOf(DataRoot) == MountOf(OutputRoot) ? Data : Output;

    /// <summary>Name of the volume of a path below one of the two folders.</summary>
    public string VolumeOf(string path) =>
        path.StartsWith(DataRoot.TrimEnd('/') + "/", StringComparison.Ordinal) ? Data : OutputVolume;

    /// <summary>The file systems, once each, and what is free on them.</summary>
    public ImmutableArray<RetentionVolume> Volumes(Func<string, long> freeBytes)
    {
        var data = new RetentionVolume(Data, freeBytes(DataRoot));
        return OutputVolume == Data ? [data] : [data, new RetentionVolume(Output, freeBytes(OutputRoot))];
    }

    private static string MountOf(string folder)
    {
        var path = folder.TrimEnd('/') + "/";
        return DriveInfo.GetDrives().Select(drive => drive.Name)
            .Where(mount => path.StartsWith(mount.TrimEnd('/') + "/", StringComparison.Ordinal))
            .MaxBy(mount => mount.Length) ?? "/";
    }
}
