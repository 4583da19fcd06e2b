namespace SpexStream.Domain.Alerts.Rules;

/// <summary>Something in a rules file, or in the file of areas, that cannot stand.</summary>
/// <param name="Where">File, line and key, as far as they are known.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record RuleFault(string Where, string What, string Remedy)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Where} {What}: {Remedy}";
}
