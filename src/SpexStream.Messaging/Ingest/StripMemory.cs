using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Messaging.Ingest;

/// <summary>Begins to tell whether scenes have strips, for one go through a folder; by what is written down, for scenes
/// that are another node's.</summary>
/// <returns>Whether the scene of a strip has it already.</returns>
public delegate Func<StripDelivery, CancellationToken, ValueTask<bool>> StripMemory();
