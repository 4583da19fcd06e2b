namespace SpexStream.Benchmarks;

/// <summary>Compares what two ways of working on one scene have published.</summary>
internal static class SameProducts
{
    // It says when it was made.
    private const string Item = "item.json";

    /// <summary>Number of equal files.</summary>
    /// <exception cref="InvalidOperationException">There are none, or they differ.</exception>
    public static int Count(string folder, string other)
    {
        var (ours, theirs) = (Names(folder), Names(other));
        if (ours.Length == 0 || !ours.SequenceEqual(theirs))
        {
            throw new InvalidOperationException(
                $"Different products: {string.Join(", ", ours)} and {string.Join(", ", theirs)}.");
        }

        foreach (var name in ours)
        {
            var (file, peer) = (Path.Combine(folder, name), Path.Combine(other, name));
            if (!File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(peer)))
            {
                throw new InvalidOperationException($"{name} is not the same.");
            }
        }

        return ours.Length;
    }

    private static string[] Names(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file))
            .Where(name => Path.GetFileName(name) != Item)
            .Order(StringComparer.Ordinal)];
}
