using Xunit;

namespace SpexStream.IntegrationTests.Support;

/// <summary>A test with a broker and Prometheus' own checker; skipped, with the reason, where one is not
/// installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresPromtoolFactAttribute : FactAttribute
{
    public RequiresPromtoolFactAttribute()
    {
        if (Executable is null || MosquittoBroker.Executable is null)
        {
            Skip = "promtool or mosquitto is not installed (looked in the usual bin folders)";
        }
    }

    /// <summary>The installed program, or null.</summary>
    public static string? Executable { get; } = new[] { "/usr/bin/promtool", "/usr/local/bin/promtool" }.FirstOrDefault(
        File.Exists);
}
