using System.Collections.Immutable;
using SpexStream.Inference.Packs;
using SpexStream.Inference.Spex.Weights;

namespace SpexStream.Inference.Spex.Packs;

/// <summary>Writes a SPEX pack: aside first, then renamed, so that a folder of its name is whole or not
/// there.</summary>
internal static class SpexPackWriter
{
    /// <summary>Writes all files.</summary>
    /// <param name="weights">Weights by original name.</param>
    /// <param name="description">What the pack says of itself; the digests are filled in here.</param>
    /// <param name="folder">The pack; must not exist.</param>
    /// <param name="check">Looks at the weights after all graphs have asked for theirs, before anything is
    /// written.</param>
    /// <param name="addFiles">Puts further files into the folder it is given.</param>
    /// <param name="progress">Is told, in words, what is about to be done.</param>
    /// <exception cref="IOException">The folder exists, or cannot be written.</exception>
    public static SpexDescription Write(
        IWeights weights,
        SpexDescription description,
        string folder,
        Action check,
        Action<string> addFiles,
        Action<string> progress)
    {
        if (Path.Exists(folder))
        {
            throw new IOException($"{folder} is there already; name another folder, or remove it.");
        }

        var (sizes, precision) = (description.Sizes, description.Precision);
        var vision = SpexGraphs.Vision(weights, sizes, precision);
        var embedding = SpexGraphs.Embedding(weights, sizes, precision);
        var decoder = SpexGraphs.Decoder(weights, sizes, precision, grouped: true);
        var plain = SpexGraphs.Decoder(weights, sizes, precision, grouped: false);
        var mask = SpexGraphs.Mask(weights, sizes);
        check();
        foreach (var graph in new[] { vision, embedding, decoder, plain, mask })
        {
            graph.Describe("spex.name", description.Name);
            graph.Describe(SpexGraphCheck.Trained, description.Trained ? "true" : "false");
        }

        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var aside = Directory.CreateDirectory($"{full}.partial-{Environment.ProcessId}").FullName;
        try
        {
            (string Name, Action<string> Save)[] files =
            [
                (SpexPackFiles.Vision, vision.Save),
                (SpexPackFiles.Embedding, embedding.Save),
                (SpexPackFiles.Decoder, decoder.Save),
                (SpexPackFiles.PlainDecoder, path => plain.SaveBeside(decoder, path)),
                (SpexPackFiles.Mask, mask.Save),
            ];
            foreach (var (name, save) in files)
            {
                progress($"writing {name}");
                save(Path.Combine(aside, name));
            }

            addFiles(aside);
            progress("computing digests");
            var described = description with { Files = Digests(aside) };
            SpexDescriptionFile.Write(Path.Combine(aside, SpexPackFiles.Description), described);
            Directory.Move(aside, full);
            return described;
        }
        finally
        {
            if (Directory.Exists(aside))
            {
                Directory.Delete(aside, recursive: true);
            }
        }
    }

    private static ImmutableSortedDictionary<string, string> Digests(string folder) =>
        Directory.EnumerateFiles(folder).ToImmutableSortedDictionary(
            path => Path.GetFileName(path)!, PackDigest.OfFile, StringComparer.Ordinal);
}
