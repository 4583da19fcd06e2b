using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace SpexStream.Tests.Deploy;

/// <summary>A test that runs a script which reads YAML; skipped, with the reason, where the library is
/// missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresYamlTheoryAttribute : TheoryAttribute
{
    /// <summary>The interpreter that Debian's packages are made for.</summary>
    public const string Python = "/usr/bin/python3";

    private static readonly Lazy<bool> HasYaml = new(() =>
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo(Python, ["-c", "import yaml"])
            {
                RedirectStandardError = true,
            })!;
            python.WaitForExit();
            return python.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // No such program.
            return false;
        }
    });

    public RequiresYamlTheoryAttribute() => Skip = HasYaml.Value ? null : "python3-yaml is not installed";
}
