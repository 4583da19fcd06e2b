using System.Diagnostics;
using SpexStream.IntegrationTests.Support;
using SpexStream.Tests.Architecture;
using Xunit;

namespace SpexStream.IntegrationTests.Chaos;

/// <summary>The count of <c>eng/flood.sh</c> can tell a repeat from a fault.</summary>
public sealed class FloodTallyTests
{
    // A theory, for it is the one attribute that asks for what the script needs.
    [RequiresMosquittoClientsTheory]
    [InlineData("eng/flood")]
    public async Task Repeats_are_counted_and_what_only_looks_like_one_is_a_fault(string folder)
    {
        using var python = Process.Start(new ProcessStartInfo(
            "/usr/bin/python3", ["-B", "-m", "unittest", "discover", "-p", "*_test.py"])
        {
            WorkingDirectory = Path.Combine(Repository.Root, folder),
            RedirectStandardError = true,
        })!;
        var said = await python.StandardError.ReadToEndAsync();
        await python.WaitForExitAsync();
        Assert.True(python.ExitCode == 0, said);
        Assert.Contains("Ran 7 tests", said, StringComparison.Ordinal);
    }
}
