using Akka.Actor;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Actors.Tiles;

/// <summary>
/// A tile that a device was given: run by it at most once. Until it has begun, the tile can be taken away from a device
/// that is no more; after that it reports to its scene itself, failures included. Stays in its process.
/// </summary>
internal sealed class TileLoan(ITileJob job) : INoSerializationVerificationNeeded
{
    private const int Lent = 0;
    private const int Begun = 1;
    private const int Reclaimed = 2;
    private int _state;

    public ITileJob Job => job;

    /// <summary>Whether the device may still begin.</summary>
    public bool IsWaiting => Volatile.Read(ref _state) == Lent;

    /// <summary>The device begins; false when the tile was taken away.</summary>
    public bool TryBegin() => Interlocked.CompareExchange(ref _state, Begun, Lent) == Lent;

    /// <summary>Takes the tile away; false when the device has begun.</summary>
    public bool TryReclaim() => Interlocked.CompareExchange(ref _state, Reclaimed, Lent) == Lent;
}
