using Xunit;

namespace SpexStream.Tests.Contract;

/// <summary>What the subscribers' page shows is what was built.</summary>
public sealed class SubscriberPageTests
{
    private const int MostLines = 30;
    private const string Project = "samples/AlertListener/AlertListener.csproj";

    [Fact]
    public void The_sample_of_the_page_is_the_one_that_is_built_and_short()
    {
        var code = Read("samples/AlertListener/Program.cs");
        Assert.InRange(code.TrimEnd().Split('\n').Length, 1, MostLines);
        Assert.Contains($"```csharp\n{code}```\n", Read("docs/subscribers.md"), StringComparison.Ordinal);
        Assert.Contains(Project.Replace('/', '\\'), Read("SpexStream.sln"), StringComparison.Ordinal);
        // And run: a subscriber against a real broker is one of these.
        Assert.Contains(
            Project, Read("tests/SpexStream.IntegrationTests/SpexStream.IntegrationTests.csproj"),
            StringComparison.Ordinal);
    }

    private static string Read(string name) => File.ReadAllText(Path.Combine(Architecture.Repository.Root, name));
}
