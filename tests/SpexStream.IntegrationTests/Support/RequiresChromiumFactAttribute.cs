using Xunit;

namespace SpexStream.IntegrationTests.Support;

/// <summary>A test with a broker and Debian's browser; skipped, with the reason, where one is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresChromiumFactAttribute : FactAttribute
{
    public RequiresChromiumFactAttribute()
    {
        if (Executable is null || MosquittoBroker.Executable is null)
        {
            Skip = "chromium or mosquitto is not installed (looked in the usual bin folders)";
        }
    }

    /// <summary>The installed program, or null.</summary>
    public static string? Executable { get; } =
        new[] { "/usr/bin/chromium", "/usr/local/bin/chromium" }.FirstOrDefault(File.Exists);
}
