using System.Collections.Immutable;

namespace SpexStream.Daemon.Commands.Retract;

/// <summary>What was found of the products that are to go.</summary>
/// <param name="Targets">The products, the oldest first.</param>
/// <param name="Unread">Those of which nobody can tell whether they are to go.</param>
internal sealed record RetractFinding(ImmutableArray<RetractTarget> Targets, ImmutableArray<UnreadProduct> Unread);
