namespace SpexStream.Domain.Reliability;

/// <summary>Counts the work of a stage for a <see cref="StageWatch"/> and a <see cref="QueueAge"/>. Safe for use from
/// several threads.</summary>
public sealed class StageTally
{
    private long _begun;
    private long _ended;
    private long _progress;

    /// <summary>Pieces of work begun and not ended.</summary>
    // What has ended first: otherwise a piece that begins and ends in between would count below zero.
    public int Depth => (int)(-Ended + Begun);

    /// <summary>Pieces of work that have begun, ended or not.</summary>
    public long Begun => Interlocked.Read(ref _begun);

    /// <summary>Pieces of work that have ended.</summary>
    public long Ended => Interlocked.Read(ref _ended);

    /// <summary>Steps that were taken, over all pieces of work.</summary>
    public long Progress => Interlocked.Read(ref _progress);

    /// <summary>A piece of work begins.</summary>
    public void Begin() => Interlocked.Increment(ref _begun);

    /// <summary>Some work has got on.</summary>
    public void Step() => Interlocked.Increment(ref _progress);

    /// <summary>A piece of work has ended, well or not.</summary>
    public void End()
    {
        Step();
        Interlocked.Increment(ref _ended);
    }
}
