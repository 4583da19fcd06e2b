using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Work;

/// <summary>What a device of an earlier process had in hand when it died.</summary>
/// <param name="Run">Number of that process's run of the journal.</param>
/// <param name="Mark">The tile.</param>
public sealed record FoundMark(long Run, FlightMark Mark);
