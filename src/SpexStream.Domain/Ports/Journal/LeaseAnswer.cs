namespace SpexStream.Domain.Ports.Journal;

/// <summary>What the journal says when it is asked for a lease.</summary>
public abstract record LeaseAnswer
{
    private LeaseAnswer()
    {
    }

    /// <summary>The node has it, for at least the term from the moment of asking.</summary>
    /// <param name="Lease">The lease.</param>
    /// <param name="Writer">Writes the scene under the lease's epoch; null for a role.</param>
    public sealed record Granted(HeldLease Lease, ISceneWriter? Writer) : LeaseAnswer;

    /// <summary>Another node has it.</summary>
    /// <param name="Node">Which.</param>
    /// <param name="For">How long it still holds unless it is renewed, by the journal's clock.</param>
    public sealed record HeldByOther(string Node, TimeSpan For) : LeaseAnswer;
}
