namespace SpexStream.Domain.Ports.Journal;

/// <summary>A lease that was given to this node.</summary>
/// <param name="Key">Of what.</param>
/// <param name="Epoch">Its fence: higher than all that were given before, for whatever key.</param>
public readonly record struct HeldLease(LeaseKey Key, long Epoch);
