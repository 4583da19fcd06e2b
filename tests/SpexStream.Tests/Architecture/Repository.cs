using System.Runtime.CompilerServices;

namespace SpexStream.Tests.Architecture;

/// <summary>The source of this repository, found from where this file was compiled.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../.."));

    /// <summary>C# files below a folder that a person wrote.</summary>
    public static IEnumerable<string> SourceFiles(string folder) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
        .Order();

    public static string Name(string path) => Path.GetRelativePath(Root, path);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
