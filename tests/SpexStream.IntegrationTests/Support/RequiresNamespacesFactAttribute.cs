using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace SpexStream.IntegrationTests.Support;

/// <summary>A test with network namespaces and a real PostgreSQL; skipped, with the reason, where one cannot be
/// had.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresNamespacesFactAttribute : RequiresPostgresFactAttribute
{
    private static readonly Lazy<bool> CanMakeThem = new(() =>
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"spex-test-{Environment.ProcessId}");
        return Runs("add", name) && Runs("delete", name);
    });

    public RequiresNamespacesFactAttribute()
    {
        if (Skip is null && !CanMakeThem.Value)
        {
            Skip = "network namespaces cannot be made here (tried ip netns add)";
        }
    }

    private static bool Runs(string verb, string name)
    {
        try
        {
            using var ip = Process.Start(new ProcessStartInfo("ip", ["netns", verb, name])
            {
                RedirectStandardError = true,
            })!;
            ip.WaitForExit();
            return ip.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // No such program.
            return false;
        }
    }
}
