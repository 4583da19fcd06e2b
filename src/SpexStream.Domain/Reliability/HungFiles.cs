using System.Collections.Immutable;

namespace SpexStream.Domain.Reliability;

/// <summary>
/// Files with a call that does not come back. Whoever asks for such a file once more would hang, too, and so one dead
/// file would take one thread after the other. Of a folder in which two files hang none is tried: it is the disk or the
/// mount that is dead. Immutable.
/// </summary>
public sealed record HungFiles
{
    private const int DeadFolder = 2;
    private readonly ImmutableList<string> _paths = [];

    /// <summary>None.</summary>
    public static HungFiles None { get; } = new();

    /// <summary>Calls that are out.</summary>
    public int Count => _paths.Count;

    /// <summary>A call on a file does not come back.</summary>
    public HungFiles With(string path) => new(_paths.Add(path));

    /// <summary>A call on a file came back after all.</summary>
    public HungFiles Without(string path) => new(_paths.Remove(path));

    /// <summary>Whether a call on a file would most likely not come back either.</summary>
    public bool Holds(string path) => _paths.Contains(path)
        || _paths.Where(hung => FolderOf(hung) == FolderOf(path)).Distinct().Count() >= DeadFolder;

    private HungFiles(ImmutableList<string> paths) => _paths = paths;

    private HungFiles()
    {
    }

    private static string? FolderOf(string path) => Path.GetDirectoryName(path);
}
