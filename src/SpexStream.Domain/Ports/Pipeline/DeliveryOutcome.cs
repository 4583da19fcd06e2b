using SpexStream.Domain.Announcements;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>What became of a strip that was handed to the pipeline.</summary>
public abstract record DeliveryOutcome
{
    private DeliveryOutcome()
    {
    }

    /// <summary>The scene has taken it.</summary>
    public sealed record Accepted : DeliveryOutcome
    {
        /// <summary>Whether it was left, safely, to the node that has the scene: whether that one knows it already is
        /// not said.</summary>
        public bool IsPassedOn { get; init; }
    }

    /// <summary>The scene has it already, with the same content.</summary>
    public sealed record Duplicate : DeliveryOutcome;

    /// <summary>The scene cannot take it.</summary>
    /// <param name="Rejection">Why, and what to do.</param>
    public sealed record Refused(Rejection Rejection) : DeliveryOutcome;
}
