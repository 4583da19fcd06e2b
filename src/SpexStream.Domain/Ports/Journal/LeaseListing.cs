namespace SpexStream.Domain.Ports.Journal;

/// <summary>A lease that holds, as the journal lists it.</summary>
/// <param name="Lease">Of what, and its epoch.</param>
/// <param name="Node">Who has it.</param>
/// <param name="For">How long it still holds unless it is renewed, by the journal's clock.</param>
public sealed record LeaseListing(HeldLease Lease, string Node, TimeSpan For);
