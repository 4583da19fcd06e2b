namespace SpexStream.Domain.Reliability;

/// <summary>Counts the work of a stage for a <see cref="StageWatch"/>. Safe for use from several threads.</summary>
public sealed class StageTally
{
    private int _depth;
    private long _progress;

    /// <summary>Pieces of work begun and not ended.</summary>
    public int Depth => Volatile.Read(ref _depth);

    /// <summary>Steps that were taken, over all pieces of work.</summary>
    public long Progress => Interlocked.Read(ref _progress);

    /// <summary>A piece of work begins.</summary>
    public void Begin() => Interlocked.Increment(ref _depth);

    /// <summary>Some work has got on.</summary>
    public void Step() => Interlocked.Increment(ref _progress);

    /// <summary>A piece of work has ended, well or not.</summary>
    public void End()
    {
        Step();
        Interlocked.Decrement(ref _depth);
    }
}
