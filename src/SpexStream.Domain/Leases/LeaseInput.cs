namespace SpexStream.Domain.Leases;

/// <summary>What happens to a lease.</summary>
public abstract record LeaseInput
{
    private LeaseInput()
    {
    }

    /// <summary>The node wants it.</summary>
    public sealed record Want : LeaseInput;

    /// <summary>The node wants it no more.</summary>
    public sealed record GiveUp : LeaseInput;

    /// <summary>Time has passed.</summary>
    public sealed record Tick : LeaseInput;

    /// <summary>The journal has given it.</summary>
    /// <param name="Epoch">Epoch under which the node may write.</param>
    /// <param name="AskedAt">When that was asked, by the node's clock.</param>
    public sealed record Granted(long Epoch, TimeSpan AskedAt) : LeaseInput;

    /// <summary>Another node has it.</summary>
    /// <param name="For">How long it still holds, as the journal says.</param>
    /// <param name="AskedAt">When that was asked, by the node's clock.</param>
    public sealed record HeldByOther(TimeSpan For, TimeSpan AskedAt) : LeaseInput;

    /// <summary>The journal has renewed it.</summary>
    /// <param name="Epoch">Epoch for which that was asked.</param>
    /// <param name="AskedAt">When that was asked, by the node's clock.</param>
    public sealed record Renewed(long Epoch, TimeSpan AskedAt) : LeaseInput;

    /// <summary>The journal does not renew it, or refuses the node's writes: it has expired, or another has
    /// it.</summary>
    /// <param name="Epoch">Epoch for which that was asked.</param>
    public sealed record Refused(long Epoch) : LeaseInput;

    /// <summary>The journal did not answer a question; it may act upon it all the same, also later.</summary>
    /// <param name="AskedAt">When that was asked, by the node's clock: tells questions apart.</param>
    public sealed record NoAnswer(TimeSpan AskedAt) : LeaseInput;

    /// <summary>The work ended by a fault.</summary>
    /// <param name="AskAgain">Whether the lease is wanted again after a pause, not only when somebody wants
    /// it.</param>
    public sealed record Failed(bool AskAgain) : LeaseInput;

    /// <summary>The work under an epoch has stopped; nothing more is written under it.</summary>
    /// <param name="Epoch">The epoch.</param>
    public sealed record Stopped(long Epoch) : LeaseInput;
}
