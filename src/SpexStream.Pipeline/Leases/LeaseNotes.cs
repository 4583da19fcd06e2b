using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Leases;

/// <summary>Told what happens to leases; on any thread, must not block.</summary>
public sealed record LeaseNotes
{
    /// <summary>The node has a lease: of what, and whether somebody worked there before.</summary>
    public Action<LeaseKey, bool> OnOwned { get; init; } = (_, _) => { };

    /// <summary>The node has it no more, and why.</summary>
    public Action<LeaseKey, LeaseEnd> OnEnded { get; init; } = (_, _) => { };

    /// <summary>Work under a lease ended by a fault.</summary>
    public Action<LeaseKey, Exception> OnFault { get; init; } = (_, _) => { };

    /// <summary>The journal does not answer, and why; null when it does again.</summary>
    public Action<string?> OnTrouble { get; init; } = _ => { };
}
