namespace SpexStream.Domain.Models;

/// <summary>What is to be done about the versions of a model.</summary>
public abstract record SuccessionEffect
{
    private SuccessionEffect()
    {
    }

    /// <summary>Load what the pack holds now, beside the version that serves; answered by
    /// <see cref="ModelSuccession.Loaded"/> or <see cref="ModelSuccession.Refused"/>.</summary>
    /// <param name="Generation">Number of the version from then on.</param>
    public sealed record Load(int Generation) : SuccessionEffect;

    /// <summary>Take a version down that no scene works with, and give its memory back; answered by
    /// <see cref="ModelSuccession.Closed"/>.</summary>
    /// <param name="Generation">The version.</param>
    public sealed record Close(int Generation) : SuccessionEffect;
}
