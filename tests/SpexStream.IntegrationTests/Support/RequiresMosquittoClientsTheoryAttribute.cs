using Xunit;

namespace SpexStream.IntegrationTests.Support;

/// <summary>A theory that needs the broker and mosquitto's own client; without them it is skipped, which the summary of
/// <c>eng/test.sh</c> names.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresMosquittoClientsTheoryAttribute : TheoryAttribute
{
    public RequiresMosquittoClientsTheoryAttribute()
    {
        if (MosquittoBroker.Executable is null || !File.Exists("/usr/bin/mosquitto_sub"))
        {
            Skip = "mosquitto or mosquitto_sub is not installed";
        }
    }
}
