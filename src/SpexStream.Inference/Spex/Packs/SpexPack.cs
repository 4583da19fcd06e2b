using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Packs;

namespace SpexStream.Inference.Spex.Packs;

/// <summary>A SPEX pack whose files are there and are the ones that were written.</summary>
/// <param name="Folder">Full path.</param>
/// <param name="Description">What it says of itself.</param>
/// <param name="Identity">Name, version and digest.</param>
/// <param name="Bytes">Bytes of graphs and weights.</param>
public sealed record SpexPack(string Folder, SpexDescription Description, ModelIdentity Identity, long Bytes)
{
    /// <summary>How the files looked before they were read.</summary>
    internal PackSeal Seal { get; init; } = PackSeal.Of(Folder);

    /// <summary>Reads a pack and checks the digest of every file.</summary>
    /// <exception cref="ModelRefusedException">It cannot be used; all faults are in it.</exception>
    public static SpexPack Load(string folder)
    {
        var full = Path.GetFullPath(folder);
        if (!Directory.Exists(full))
        {
            throw new ModelRefusedException(
                folder, ["is no folder; a pack is a folder with model.json and its graphs"]);
        }

        var seal = PackSeal.Of(full);
        var description = SpexDescriptionFile.Read(full);
        var faults = SpexDescriptionRules.Faults(description).ToList();
        // Graphs are held against the description; what it says wrongly of itself need not be.
        faults = faults.Count > 0 ? faults : [.. Faults(full, description)];
        return faults.Count > 0
            ? throw new ModelRefusedException(folder, [.. faults])
            : new SpexPack(
                full,
                description,
                new ModelIdentity(
                    description.Name,
                    description.Version,
                    PackDigest.Of(description.Files.Add(
                        SpexPackFiles.Description, PackDigest.OfFile(Path.Combine(full, SpexPackFiles.Description)))))
                {
                    IsUntrained = !description.Trained,
                },
                description.Files.Keys.Sum(name => new FileInfo(Path.Combine(full, name)).Length))
            {
                Seal = seal,
            };
    }

    /// <summary>Full path of one of its files.</summary>
    public string PathOf(string name) => Path.Combine(Folder, name);

    private static IEnumerable<string> Faults(string folder, SpexDescription description)
    {
        foreach (var graph in SpexPackFiles.Graphs.Where(graph => !description.Files.ContainsKey(graph)))
        {
            yield return $"model.json lists no {graph}";
        }

        foreach (var fault in WrongGraphs(folder, description))
        {
            yield return fault;
        }

        foreach (var (name, digest) in description.Files)
        {
            var path = Path.Combine(folder, name);
            if (Path.GetFileName(name) != name || !File.Exists(path))
            {
                yield return $"{name} is missing";
            }
            else if (PackDigest.OfFile(path) is var found && found != digest)
            {
                yield return $"{name} has the SHA-256 {found}; model.json says {digest}";
            }
        }
    }

    // Digests only say that nothing was changed; whoever wrote the pack may have written nonsense.
    private static List<string> WrongGraphs(string folder, SpexDescription description)
    {
        var faults = new List<string>();
        foreach (var name in SpexPackFiles.Graphs.Where(
            name => File.Exists(Path.Combine(folder, name))))
        {
            var found = new List<string>();
            if (GraphCheck.Read(Path.Combine(folder, name), found) is { } model)
            {
                found.AddRange(SpexGraphCheck.Faults(name, model, description));
                if (name != SpexPackFiles.PlainDecoder)
                {
                    WeightCheck.Look(model.Graph, folder, found);
                }
                else if (model.Graph.Initializer.SelectMany(weight => weight.ExternalData).Any(entry =>
                    entry.Key == "location" && !description.Files.ContainsKey(entry.Value)))
                {
                    // It shares the weights of the other decoder, which were read.
                    found.Add("a weight lies in a file that model.json does not list");
                }
            }

            faults.AddRange(found.Select(
                fault => fault.StartsWith(name, StringComparison.Ordinal) ? fault : $"{name}: {fault}"));
        }

        return faults;
    }
}
