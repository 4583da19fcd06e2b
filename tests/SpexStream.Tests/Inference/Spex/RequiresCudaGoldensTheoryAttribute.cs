using Xunit;

namespace SpexStream.Tests.Inference.Spex;

/// <summary>A test on a graphics card against recorded results of the original; skipped, by name and with the reason,
/// where one of the two is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresCudaGoldensTheoryAttribute : TheoryAttribute
{
    public RequiresCudaGoldensTheoryAttribute() => Skip = GraphicsCard.Missing ?? GoldenFolder.Missing;
}
