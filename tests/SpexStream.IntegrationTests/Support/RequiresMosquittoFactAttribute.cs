using Xunit;

namespace SpexStream.IntegrationTests.Support;

/// <summary>A test against a real broker; skipped, with the reason, where mosquitto is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresMosquittoFactAttribute : FactAttribute
{
    public RequiresMosquittoFactAttribute()
    {
        if (MosquittoBroker.Executable is null)
        {
            Skip = "mosquitto is not installed (looked in the usual bin and sbin folders)";
        }
    }
}
