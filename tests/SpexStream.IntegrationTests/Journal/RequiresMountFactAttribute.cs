using Xunit;

namespace SpexStream.IntegrationTests.Journal;

/// <summary>A test on a small file system of its own; skipped, with the reason, where mounting one is not
/// allowed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresMountFactAttribute : FactAttribute
{
    public RequiresMountFactAttribute()
    {
        if (!SmallDisk.CanMount)
        {
            Skip = "this user may not mount a tmpfs";
        }
    }
}
