using Xunit;

namespace SpexStream.Tests.Inference;

/// <summary>A test on a graphics card; skipped, by name and with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresCudaFactAttribute : FactAttribute
{
    public RequiresCudaFactAttribute() => Skip = GraphicsCard.Missing;
}
