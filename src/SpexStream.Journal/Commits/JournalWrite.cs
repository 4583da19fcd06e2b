using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Journal.Commits;

/// <summary>A write on its way to the disk: waiting, or taken by the writing thread, or taken back by its
/// caller.</summary>
internal abstract class JournalWrite(WriteSubject subject, Durability durability, long bytes)
{
    /// <summary>What it is about.</summary>
    public WriteSubject Subject { get; } = subject;

    public Durability Durability { get; } = durability;

    /// <summary>Bytes that it brings, about.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>Claims it for writing; false when its caller has taken it back.</summary>
    public abstract bool TryTake();

    /// <summary>Does the work inside of a transaction, perhaps again inside of another. What the journal refuses is
    /// kept for the answer, and nothing of it was written; what a database's driver throws is the transaction's
    /// end.</summary>
    public abstract void Execute(IWriteSession session);

    /// <summary>Answers the caller: the transaction is committed.</summary>
    public abstract void Succeed();

    /// <summary>Answers the caller: nothing was written.</summary>
    public abstract void Fail(JournalException cause);
}

/// <summary>A write with an answer.</summary>
internal sealed class JournalWrite<T>(
    WriteSubject subject, Func<IWriteSession, T> work, Durability durability, long bytes)
    : JournalWrite(subject, durability, bytes)
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _claimed;
    private T _result = default!;
    private JournalException? _refusal;

    public Task<T> Answer => _answer.Task;

    public override bool TryTake() => Interlocked.Exchange(ref _claimed, 1) == 0;

    public void TakeBack(CancellationToken cancellation)
    {
        if (TryTake())
        {
            _answer.TrySetCanceled(cancellation);
        }
    }

    public override void Execute(IWriteSession session)
    {
        _refusal = null;
        try
        {
            _result = work(session);
        }
        catch (JournalException refused)
        {
            // Thrown before the first statement that writes: the rest of the group is not touched by it.
            _refusal = refused;
        }
    }

    public override void Succeed()
    {
        if (_refusal is { } refusal)
        {
            _answer.TrySetException(refusal);
        }
        else
        {
            _answer.TrySetResult(_result);
        }
    }

    public override void Fail(JournalException cause) => _answer.TrySetException(_refusal ?? cause);
}
