using System.Collections.Immutable;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Inference.Packs;

/// <summary>A segmentation pack whose files were looked at and fit together.</summary>
/// <param name="Folder">Full path of the pack.</param>
/// <param name="Description">What it says of itself.</param>
/// <param name="Identity">Its name, version and digest.</param>
/// <param name="Bytes">Bytes of graph and weights.</param>
public sealed record PackFiles(string Folder, PackDescription Description, ModelIdentity Identity, long Bytes)
{
    /// <summary>Name of the description.</summary>
    public const string DescriptionName = "model.json";

    /// <summary>How the files looked before they were read.</summary>
    internal PackSeal Seal { get; init; } = PackSeal.Of(Folder);

    /// <summary>Full path of the graph.</summary>
    public string Graph => Path.Combine(Folder, Description.GraphFile);

    /// <summary>Reads a pack and checks everything that can be checked without a runtime.</summary>
    /// <exception cref="ModelRefusedException">It cannot be used; all faults are in it.</exception>
    public static PackFiles Read(string folder)
    {
        var faults = new List<string>();
        var full = Path.GetFullPath(folder);
        if (!Directory.Exists(full))
        {
            throw new ModelRefusedException(folder, ["is no folder; a pack is a folder with model.json and its graph"]);
        }

        var seal = PackSeal.Of(full);
        var described = PackReader.Read(Path.Combine(full, DescriptionName), faults);
        // What the description says wrongly of itself need not be held against the graph.
        if (described is not { } pack || faults.Count > 0)
        {
            throw new ModelRefusedException(folder, [.. faults]);
        }

        var graph = Path.Combine(full, pack.GraphFile);
        ImmutableArray<string> files = [DescriptionName, pack.GraphFile];
        if (GraphCheck.Read(graph, faults) is { } model)
        {
            GraphCheck.Compare(model.Graph, pack, faults);
            files = [.. files, .. WeightCheck.Look(model.Graph, full, faults)];
        }

        if (pack.GraphSha256 is { } sum && File.Exists(graph) && PackDigest.OfFile(graph) is var found && found != sum)
        {
            faults.Add($"{pack.GraphFile} has the SHA-256 {found}; model.json says {sum}");
        }

        return faults.Count > 0
            ? throw new ModelRefusedException(folder, [.. faults])
            : new PackFiles(
                full, pack, new ModelIdentity(pack.Name, pack.Version, PackDigest.Of(full, files)),
                files.Skip(1).Sum(name => new FileInfo(Path.Combine(full, name)).Length))
            {
                Seal = seal,
            };
    }
}
