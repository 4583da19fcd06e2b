using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Reliability;

namespace SpexStream.Journal.Sqlite;

/// <summary>
/// The one thread that writes. It takes what waits, and nothing waits for company: a lone write is committed at once,
/// and those that come during its flush share the next one.
/// </summary>
internal sealed class CommitLoop : IAsyncDisposable
{
    private readonly SqliteJournalOptions _options;
    private readonly WriteSession _session;
    private readonly Channel<JournalWrite> _waiting;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<JournalWrite> _group = [];
    private JournalException? _broken;

    public CommitLoop(SqliteJournalOptions options, WriteSession session)
    {
        (_options, _session) = (options, session);
        _waiting = Channel.CreateBounded<JournalWrite>(
            new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true });
        new Thread(Run) { Name = "spex-journal", IsBackground = true }.Start();
    }

    /// <summary>Writes that wait; for a gauge.</summary>
    public int Depth => _waiting.Reader.Count;

    /// <summary>Writes asked for and not answered.</summary>
    public StageTally Tally { get; } = new();

    /// <summary>Does some work in a transaction and answers when it is committed as durably as asked for.</summary>
    public async Task<T> WriteAsync<T>(
        Func<WriteSession, T> work, Durability durability, long bytes, CancellationToken cancellation)
    {
        Tally.Begin();
        try
        {
            return await AskAsync(new JournalWrite<T>(work, durability, bytes), cancellation).ConfigureAwait(false);
        }
        finally
        {
            Tally.End();
        }
    }

    private async Task<T> AskAsync<T>(JournalWrite<T> write, CancellationToken cancellation)
    {
        try
        {
            await _waiting.Writer.WriteAsync(write, cancellation).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteJournal));
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
        while (_group.Count < _options.GroupWrites && bytes < _options.GroupBytes
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

        if (_broken is { } broken)
        {
            group.ForEach(write => write.Fail(broken));
            return;
        }

        try
        {
            _session.Begin(group.Exists(write => write.Durability == Durability.PowerCut));
            group.ForEach(write => write.Execute(_session));
            _session.Commit();
        }
        catch (SqliteException error)
        {
            GiveUp(group, SqliteErrors.Translate(error, _options.Path));
            return;
        }
        catch (Exception fault)
        {
            // The top of the writing thread: whoever waits must hear of it, and whoever comes later, too.
            GiveUp(group, new JournalUnavailableException(
                $"The journal {_options.Path} failed: {fault.Message}", fault));
            return;
        }

        group.ForEach(write => write.Succeed());
        _session.Announce();
    }

    private void GiveUp(List<JournalWrite> group, JournalException cause)
    {
        _broken = _session.TryRollback() && cause is JournalFullException or JournalBusyException ? null : cause;
        group.ForEach(write => write.Fail(cause));
    }
}
