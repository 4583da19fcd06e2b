using Xunit;

namespace SpexStream.Tests.Inference.Spex;

/// <summary>Like <see cref="RequiresGoldensTheoryAttribute"/>, for one case.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresGoldensFactAttribute : FactAttribute
{
    public RequiresGoldensFactAttribute() => Skip = GoldenFolder.Missing;
}
