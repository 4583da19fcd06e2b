namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>Where a scene stands when something is told of it that may happen more than once.</summary>
/// <param name="Number">Differs between any two tellings about a scene, also by different processes: the epoch of the
/// scene's writer and a count below it. Kept with the message, so that a repeat has the same.</param>
/// <param name="Revision">Revision of the products that stand, fail or are to come.</param>
/// <param name="StripsReceived">Strips in use.</param>
/// <param name="StripsExpected">Strips that are expected; null when nobody knows.</param>
public sealed record SceneMoment(long Number, int Revision, int StripsReceived, int? StripsExpected)
{
    /// <summary>Epoch of the scene's writer; null when it is not known.</summary>
    public long? Epoch { get; init; }
}
