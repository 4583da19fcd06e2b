using System.Diagnostics;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Tools;

/// <summary>What eng/bootstrap.sh says of package sources; with --probe, so that it writes no choice.</summary>
public sealed class BootstrapTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bootstrap").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_switch_asked_for_by_name_whose_packages_are_nowhere_is_an_error_that_names_them()
    {
        var (code, error) = await BootstrapAsync(
            Directory.CreateDirectory(Inside("empty")).FullName, "--mqtt", "mqttnet");
        Assert.Equal(1, code);
        Assert.Contains(
            "SpexMqtt=mqttnet was asked for and cannot be had: no source has MQTTnet", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_named_falls_back_and_says_so()
    {
        var (code, error) = await BootstrapAsync(Directory.CreateDirectory(Inside("empty")).FullName, minimal: false);
        Assert.Equal(0, code);
        Assert.Contains(
            "SpexMetrics=own (prometheus-net cannot be had: no source has prometheus-net)", error,
            StringComparison.Ordinal);
        Assert.Contains("SpexGdal=system (maxrev cannot be had", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_does_not_answer_is_an_error_and_no_answer_about_packages()
    {
        // Nobody listens on the port: connections are refused at once.
        var (code, error) = await BootstrapAsync($"https://127.0.0.1:{FreePort.Next()}/index.json", "SpexMqtt=mqttnet");
        Assert.Equal(1, code);
        Assert.Contains("the NuGet sources could not be asked", error, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot be had", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SpexMqtt takes mqttnet or own, not 'paho'", "SpexMqtt=paho")]
    [InlineData("unknown switch 'SpexColour=red'", "SpexColour=red")]
    public async Task A_value_or_switch_that_is_none_is_refused(string complaint, string argument)
    {
        var (code, error) = await BootstrapAsync(_folder, argument);
        Assert.Equal(2, code);
        Assert.Contains(complaint, error, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Error)> BootstrapAsync(string source, params string[] arguments) =>
        await BootstrapAsync(source, minimal: true, arguments);

    private async Task<(int Code, string Error)> BootstrapAsync(string source, bool minimal, params string[] arguments)
    {
        // A package folder of its own: what the machine restored before would count as had.
        var config = Inside("nuget.config");
        await File.WriteAllTextAsync(config, $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Inside("packages")}" /></config>
              <packageSources><clear /><add key="only" value="{source}" /></packageSources>
            </configuration>
            """);
        var start = new ProcessStartInfo(
            "bash", [Script(), "--probe", .. minimal ? ["--minimal"] : Array.Empty<string>(), .. arguments])
        {
            RedirectStandardError = true,
        };
        start.Environment["SPEX_NUGET_CONFIG"] = config;
        using var script = Process.Start(start)!;
        var error = await script.StandardError.ReadToEndAsync();
        await script.WaitForExitAsync();
        return (script.ExitCode, error);
    }

    private string Inside(string name) => Path.Combine(_folder, name);

    private static string Script()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SpexStream.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside of the repository");
        }

        return Path.Combine(folder.FullName, "eng", "bootstrap.sh");
    }
}
