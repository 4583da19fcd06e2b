namespace SpexStream.Domain.Reliability;

/// <summary>
/// What becomes of a thread whose call does not come back: another one takes its place, as long as not too many have
/// been given up and are still out. Beyond that the place goes out of service, until one of them returns. Immutable.
/// </summary>
/// <param name="MaxHung">Threads given up that may be out at once while the place is served; 1 or more.</param>
public sealed record ThreadWatch(int MaxHung)
{
    /// <summary>Threads given up whose call has not come back yet.</summary>
    public int Hung { get; init; }

    /// <summary>Whether a thread works at the place; false: too many are out, or it was asked to end.</summary>
    public bool IsServing { get; init; } = true;

    /// <summary>Whether the place is to be left: no thread begins any more.</summary>
    public bool IsEnding { get; init; }

    /// <summary>The thread at work hangs and is given up.</summary>
    /// <returns>The state after it, and whether a new thread has to be started.</returns>
    public ThreadStep GiveUp()
    {
        var serves = !IsEnding && Hung + 1 <= MaxHung;
        return new(this with { Hung = Hung + 1, IsServing = serves }, serves);
    }

    /// <summary>The call of a thread that was given up came back, and the thread has ended.</summary>
    /// <returns>The state after it, and whether a new thread has to be started.</returns>
    public ThreadStep Return()
    {
        var serves = !IsEnding && Hung - 1 <= MaxHung;
        return new(this with { Hung = Hung - 1, IsServing = serves }, serves && !IsServing);
    }
}

/// <summary>One step of a <see cref="ThreadWatch"/>.</summary>
/// <param name="State">The state after it.</param>
/// <param name="StartsThread">Whether a new thread has to be started.</param>
public readonly record struct ThreadStep(ThreadWatch State, bool StartsThread);
