using Xunit;

namespace SpexStream.IntegrationTests.Support;

/// <summary>A test with a broker and a Prometheus; skipped, with the reason, where one is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresPrometheusFactAttribute : FactAttribute
{
    public RequiresPrometheusFactAttribute()
    {
        if (Executable is null || MosquittoBroker.Executable is null)
        {
            Skip = "prometheus or mosquitto is not installed (looked in the usual bin folders)";
        }
    }

    /// <summary>The installed program, or null.</summary>
    public static string? Executable { get; } =
        new[] { "/usr/bin/prometheus", "/usr/local/bin/prometheus" }.FirstOrDefault(File.Exists);
}
