using System.Threading.Channels;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Reliability;

namespace SpexStream.Journal.Commits;

/// <summary>
/// The one thread that writes. It takes what waits, and nothing waits for company: a lone write is committed at once,
/// and those that come during its flush share the next one.
/// </summary>
internal sealed class CommitLoop : IAsyncDisposable
{
    private readonly CommitBounds _bounds;
    private readonly string _name;
    private readonly IGroupCommit _commits;
    private readonly Channel<JournalWrite> _waiting;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<JournalWrite> _group = [];
    private readonly TaskCompletionSource<JournalException> _broken =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="bounds">What it may take in hand.</param>
    /// <param name="name">The journal's name, for messages.</param>
    /// <param name="commits">Writes a group.</param>
    public CommitLoop(CommitBounds bounds, string name, IGroupCommit commits)
    {
        (_bounds, _name, _commits) = (bounds, name, commits);
        _waiting = Channel.CreateBounded<JournalWrite>(
            new BoundedChannelOptions(bounds.QueueCapacity) { SingleReader = true });
        new Thread(Run) { Name = "spex-journal", IsBackground = true }.Start();
    }

    /// <summary>Writes that wait; for a gauge.</summary>
    public int Depth => _waiting.Reader.Count;

    /// <summary>Writes asked for and not answered.</summary>
    public StageTally Tally { get; } = new();

    /// <summary>Ends, with the reason, when nothing is written any more.</summary>
    public Task<JournalException> Broken => _broken.Task;

    /// <summary>Lets nothing be written any more; only the first reason counts. Safe from every thread.</summary>
    public void Forbid(JournalException cause) => _broken.TrySetResult(cause);

    /// <exception cref="JournalException">Nothing is written any more.</exception>
    public void ThrowIfBroken()
    {
        if (Fault is { } fault)
        {
            throw fault;
        }
    }

    /// <summary>Does some work in a transaction and answers when it is committed as durably as asked for.</summary>
    public async Task<T> WriteAsync<T>(
        WriteSubject subject, Func<IWriteSession, T> work, Durability durability, long bytes,
        CancellationToken cancellation)
    {
        Tally.Begin();
        try
        {
            return await AskAsync(new JournalWrite<T>(subject, work, durability, bytes), cancellation)
                .ConfigureAwait(false);
        }
        finally
        {
            Tally.End();
        }
    }

    private JournalException? Fault =>
        _broken.Task is { IsCompletedSuccessfully: true } broken ? broken.GetAwaiter().GetResult() : null;

    private async Task<T> AskAsync<T>(JournalWrite<T> write, CancellationToken cancellation)
    {
        try
        {
            await _waiting.Writer.WriteAsync(write, cancellation).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(_name);
        }

        await using var registration = cancellation.Register(() => write.TakeBack(cancellation)).ConfigureAwait(false);
        return await write.Answer.ConfigureAwait(false);
    }

    /// <summary>Takes no more writes, and ends when those that wait are written.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _ended.Task.ConfigureAwait(false);
    }

    private void Run()
    {
        // This thread has nothing else to do, so it may block on the channel.
        while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            Gather();
            Commit(_group);
        }

        _ended.SetResult();
    }

    private void Gather()
    {
        _group.Clear();
        var bytes = 0L;
        while (_group.Count < _bounds.GroupWrites && bytes < _bounds.GroupBytes
            && _waiting.Reader.TryRead(out var write))
        {
            if (write.TryTake())
            {
                _group.Add(write);
                bytes += write.Bytes;
            }
        }
    }

    private void Commit(List<JournalWrite> group)
    {
        if (group.Count == 0)
        {
            return;
        }

        if (Fault is { } broken)
        {
            group.ForEach(write => write.Fail(broken));
            return;
        }

        try
        {
            var flushed = group.Exists(write => write.Durability == Durability.PowerCut);
            if (_commits.TryCommit(group, flushed) is { } failure)
            {
                GiveUp(group, failure);
                return;
            }
        }
        catch (Exception fault)
        {
            // The top of the writing thread: whoever waits must hear of it, and whoever comes later, too.
            GiveUp(group, new(
                new JournalUnavailableException($"The journal {_name} failed: {fault.Message}", fault), IsFinal: true));
            return;
        }

        group.ForEach(write => write.Succeed());
    }

    private void GiveUp(List<JournalWrite> group, CommitFailure failure)
    {
        if (failure.IsFinal)
        {
            Forbid(failure.Cause);
        }

        group.ForEach(write => write.Fail(failure.Cause));
    }
}
