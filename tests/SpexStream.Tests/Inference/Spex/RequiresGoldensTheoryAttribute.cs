using SpexStream.Tests.SharedScenes;
using Xunit;

namespace SpexStream.Tests.Inference.Spex;

/// <summary>A test against recorded results of the original; skipped, with the reason, where they are not at hand. They lie
/// in ../shared/goldens beside the repository, or below the folder that SPEX_SHARED names.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresGoldensTheoryAttribute : TheoryAttribute
{
    public RequiresGoldensTheoryAttribute() => Skip = GoldenFolder.Missing;
}
