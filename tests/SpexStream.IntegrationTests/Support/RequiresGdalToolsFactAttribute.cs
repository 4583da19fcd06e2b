using System.Diagnostics;
using Xunit;

namespace SpexStream.IntegrationTests.Support;

/// <summary>A test with GDAL's own programs; skipped, with the reason, where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresGdalToolsFactAttribute : FactAttribute
{
    private static readonly string? Missing =
        new[] { "/usr/bin/gdal_translate", "/usr/bin/ogrinfo" }.FirstOrDefault(path => !File.Exists(path));

    private static readonly Lazy<bool> HasValidator = new(() =>
    {
        if (!File.Exists(Python))
        {
            return false;
        }

        using var probe = Process.Start(
            new ProcessStartInfo(Python, ["-c", $"import {Validator}"]) { RedirectStandardError = true })!;
        probe.WaitForExit();
        return probe.ExitCode == 0;
    });

    /// <param name="validator">Whether the validator of cloud-optimized files is needed, too.</param>
    public RequiresGdalToolsFactAttribute(bool validator = false)
    {
        Skip = Missing is not null ? $"{Missing} is not installed"
            : validator && !HasValidator.Value ? $"{Python} has no {Validator} (package python3-gdal)" : null;
    }

    /// <summary>The system's Python, which has GDAL's bindings where any has.</summary>
    public const string Python = "/usr/bin/python3";

    /// <summary>Module that checks a cloud-optimized GeoTIFF.</summary>
    public const string Validator = "osgeo_utils.samples.validate_cloud_optimized_geotiff";
}
