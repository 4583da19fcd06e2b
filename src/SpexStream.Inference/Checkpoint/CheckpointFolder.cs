using System.Collections.Immutable;

namespace SpexStream.Inference.Checkpoint;

/// <summary>
/// All tensors of a checkpoint folder: one <c>model.safetensors</c>, or several files that
/// <c>model.safetensors.index.json</c> names. Disposed by whoever opened it.
/// </summary>
public sealed class CheckpointFolder : IDisposable
{
    /// <summary>Name of the file of a checkpoint in one piece.</summary>
    public const string SingleFile = "model.safetensors";

    /// <summary>Name of the list of a checkpoint in several pieces.</summary>
    public const string IndexFile = "model.safetensors.index.json";

    private readonly ImmutableArray<SafetensorsFile> _files;

    private CheckpointFolder(
        string path, IEnumerable<SafetensorsFile> files, ImmutableSortedDictionary<string, CheckpointTensor> tensors) =>
        (Path, _files, Tensors) = (path, [.. files], tensors);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>All tensors by name, of all files.</summary>
    public ImmutableSortedDictionary<string, CheckpointTensor> Tensors { get; }

    /// <summary>Opens a folder.</summary>
    /// <exception cref="CheckpointException">A file is missing or wrong, or the files and their list do not
    /// agree.</exception>
    public static CheckpointFolder Open(string path)
    {
        var index = System.IO.Path.Combine(path, IndexFile);
        var single = System.IO.Path.Combine(path, SingleFile);
        if (File.Exists(index))
        {
            return OpenPieces(path, index);
        }

        if (!File.Exists(single))
        {
            throw new CheckpointException(path, $"there is neither {SingleFile} nor {IndexFile}");
        }

        var file = SafetensorsFile.Open(single);
        return new(path, [file], file.Tensors);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _files)
        {
            file.Dispose();
        }
    }

    private static CheckpointFolder OpenPieces(string path, string index)
    {
        var places = PieceIndex.Read(index);
        var files = new SortedDictionary<string, SafetensorsFile>(StringComparer.Ordinal);
        try
        {
            foreach (var name in places.Values.Distinct())
            {
                files.Add(name, SafetensorsFile.Open(System.IO.Path.Combine(path, name)));
            }

            var faults = Disagreements(places, files).ToList();
            return faults.Count > 0
                ? throw new CheckpointException(index, faults)
                : new(path, files.Values, places.ToImmutableSortedDictionary(
                    place => place.Key, place => files[place.Value].Tensors[place.Key], StringComparer.Ordinal));
        }
        catch
        {
            foreach (var file in files.Values)
            {
                file.Dispose();
            }

            throw;
        }
    }

    private static IEnumerable<string> Disagreements(
        Dictionary<string, string> places, SortedDictionary<string, SafetensorsFile> files)
    {
        var missing = places.Where(place => !files[place.Value].Tensors.ContainsKey(place.Key))
            .Select(place => $"tensor '{HeaderReader.Shown(place.Key)}' is not in {place.Value}");
        var extra = files.SelectMany(file => file.Value.Tensors.Keys
            .Where(name => !places.TryGetValue(name, out var place) || place != file.Key)
            .Select(name => $"tensor '{HeaderReader.Shown(name)}' of {file.Key} is not listed"));
        return missing.Concat(extra);
    }
}
