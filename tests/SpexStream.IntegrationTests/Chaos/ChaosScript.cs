using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Xunit;

namespace SpexStream.IntegrationTests.Chaos;

/// <summary><c>eng/chaos.sh</c> with the program as it was built for the tests. Keeps the made scene and its
/// undisturbed products from run to run.</summary>
public sealed class ChaosScript : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(300);
    private readonly string _reference = Directory.CreateTempSubdirectory("spex-chaos-reference-").FullName;

    /// <summary>Runs it; fails the test with all its words unless every figure holds. Gives the figures.</summary>
    public Task<JsonElement> HoldsAsync(params string[] arguments) =>
        RunAsync("chaos.sh", ["--reference", _reference, .. arguments]);

    /// <summary>As <see cref="HoldsAsync"/>, of <c>eng/soak.sh</c>.</summary>
    public static Task<JsonElement> SoaksAsync(params string[] arguments) => RunAsync("soak.sh", arguments);

    /// <summary>As <see cref="HoldsAsync"/>, of <c>eng/flood.sh</c>.</summary>
    public static Task<JsonElement> FloodsAsync(params string[] arguments) => RunAsync("flood.sh", arguments);

    /// <summary>As <see cref="HoldsAsync"/>, of <c>eng/cluster.sh</c>.</summary>
    public static Task<JsonElement> ClusterAsync(params string[] arguments) => RunAsync("cluster.sh", arguments);

    private static async Task<JsonElement> RunAsync(string script, string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Script(script), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CHAOS_PROGRAM"] =
            $"'{DotnetHost()}' '{Path.Combine(AppContext.BaseDirectory, "spexstream.dll")}'";
        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync().WaitAsync(Longest);
            var said = await output;
            Assert.True(process.ExitCode == 0, said + await error);
            return JsonDocument.Parse(said.TrimEnd().Split('\n')[^1]).RootElement;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    public void Dispose() => Directory.Delete(_reference, recursive: true);

    private static string DotnetHost() =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));

    private static string Script(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SpexStream.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "eng", name);
    }
}
