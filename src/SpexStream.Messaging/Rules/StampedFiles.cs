using System.Collections;
using System.Collections.Immutable;

namespace SpexStream.Messaging.Rules;

/// <summary>Files that are about to be read, each with what it looks like before that: add it before opening it.</summary>
internal sealed class StampedFiles : IEnumerable<string>
{
    private readonly List<FileStamp> _stamps = [];

    /// <summary>In the order of adding.</summary>
    public ImmutableArray<FileStamp> Stamps => [.. _stamps];

    /// <summary>Paths added.</summary>
    public int Count => _stamps.Count;

    /// <summary>The path that was added as such.</summary>
    public string this[int index] => _stamps[index].Path;

    /// <summary>Takes a file by its full path.</summary>
    public void Add(string path) => _stamps.Add(FileStamp.Of(path));

    /// <summary>Takes several.</summary>
    public void AddRange(IEnumerable<string> paths) => _stamps.AddRange(paths.Select(FileStamp.Of));

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => _stamps.Select(stamp => stamp.Path).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
