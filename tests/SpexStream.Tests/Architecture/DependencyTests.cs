using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace SpexStream.Tests.Architecture;

/// <summary>Which assembly may know which. Read from the built files, so that nothing has to be loaded.</summary>
public sealed class DependencyTests
{
    private const string Domain = "SpexStream.Domain";

    private static readonly string[] Adapters =
    [
        "SpexStream.Actors", "SpexStream.Pipeline", "SpexStream.Raster", "SpexStream.Inference", "SpexStream.Messaging",
        "SpexStream.Journal",
    ];

    // Other assemblies of Microsoft's (Microsoft.Data.Sqlite, Microsoft.ML.OnnxRuntime) are packages like any other.
    private static readonly string[] FrameworkNames =
        ["Microsoft.AspNetCore.", "Microsoft.Extensions.", "Microsoft.Win32.", "Microsoft.CSharp", "Microsoft.Net."];

    [Fact]
    public void The_domain_knows_nothing_but_the_base_class_library() =>
        Assert.All(References(Domain), name => Assert.True(
            name.StartsWith("System.", StringComparison.Ordinal) || name is "System" or "netstandard",
                $"the domain references {name}"));

    [Fact]
    public void Adapters_know_the_domain_and_none_of_their_siblings()
    {
        foreach (var adapter in Adapters)
        {
            var own = References(adapter)
                .Where(name => name.StartsWith("SpexStream", StringComparison.OrdinalIgnoreCase));
            Assert.True(own.All(name => name == Domain), $"{adapter} references {string.Join(", ", own)}");
        }
    }

    [Fact]
    public void The_program_knows_the_adapters_and_nobody_knows_the_program()
    {
        var known = References("spexstream")
            .Where(name => name.StartsWith("SpexStream", StringComparison.OrdinalIgnoreCase));
        Assert.All(known, name => Assert.Contains(name, Adapters.Append(Domain)));
        Assert.All(Adapters.Append(Domain), name => Assert.DoesNotContain("spexstream", References(name)));
    }

    [Fact]
    public void Each_foreign_dependency_is_known_to_one_project_only()
    {
        var foreign = Adapters.Append("spexstream")
            .SelectMany(assembly => References(assembly).Select(reference => (assembly, reference)))
            .Where(pair => !IsPlatform(pair.reference))
            .GroupBy(pair => pair.reference)
            .Where(group => group.Count() > 1);
        Assert.Empty(foreign.Select(group => $"{group.Key}: {string.Join(", ", group.Select(pair => pair.assembly))}"));
    }

    // Google.Protobuf is what the compiler of .proto files writes for; each owner of a schema has it.
    private static bool IsPlatform(string name) => name.StartsWith("System", StringComparison.Ordinal)
        || name == "Google.Protobuf"
        || name.StartsWith("SpexStream", StringComparison.OrdinalIgnoreCase)
        || FrameworkNames.Any(part => name.StartsWith(part, StringComparison.Ordinal));

    private static string[] References(string assembly)
    {
        var folder = Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!;
        using var file = new PEReader(File.OpenRead(Path.Combine(folder, $"{assembly}.dll")));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(
            handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
