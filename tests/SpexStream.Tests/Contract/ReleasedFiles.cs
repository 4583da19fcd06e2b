using SpexStream.Messaging.Wire.Envelope;

namespace SpexStream.Tests.Contract;

/// <summary>What was released: schemas and messages, which are never changed. SPEX_WRITE_CONTRACT=1 writes those that
/// are missing.</summary>
internal static class ReleasedFiles
{
    private static readonly string Folder =
        Path.Combine(Architecture.Repository.Root, "tests/SpexStream.Tests/Contract/released-1");

    // A switch of the one who writes them, not of the program.
#pragma warning disable RS0030
    public static readonly bool Writes = Environment.GetEnvironmentVariable("SPEX_WRITE_CONTRACT") == "1";
#pragma warning restore RS0030

    /// <summary>Those that are there, in order.</summary>
    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    /// <summary>Those that a message must have.</summary>
    public static IEnumerable<string> NamesOf(string type, string contentType)
    {
        var name = type["org.spexstream.".Length..];
        return contentType == MediaTypes.Cap ? [$"cap.{name}.xml"] : [$"{name}.json", $"{name}.schema.json"];
    }

    /// <summary>One of them.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="today">What the code says now, for one that is to be written.</param>
    public static string Read(string name, string today)
    {
        var path = Path.Combine(Folder, name);
        if (Writes && !File.Exists(path))
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(path, today);
        }

        return File.ReadAllText(path);
    }
}
