using System.Collections.Immutable;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Reliability;

namespace SpexStream.Messaging.Publishing;

/// <summary>
/// Carries the messages of the journal to the broker, in order and byte for byte, and drops each from the journal when
/// the broker has acknowledged it. What a crash leaves between the two is sent again: the same bytes under the same id.
/// </summary>
/// <param name="outbox">The journal's messages.</param>
/// <param name="sender">Sends them; bounded, so that few are in memory however many wait.</param>
/// <param name="time">The clock.</param>
/// <param name="capacity">Messages that may be on their way to the broker; further ones stay in the journal.</param>
/// <param name="onDelay">Told that the journal cannot be read or written at present; it is tried again.</param>
/// <param name="onEnd">Told of what ends the work: a damaged journal. Nothing is sent any more.</param>
public sealed class JournalRelay(
    IJournalOutbox outbox, MqttOutbox sender, TimeProvider time, int capacity, Action<Exception> onDelay,
        Action<Exception> onEnd) : IDisposable
{
    private const int PageEntries = 64;
    private const long PageBytes = 1 << 20;
    private readonly SemaphoreSlim _places = new(capacity);
    private readonly AcknowledgedKeys _acknowledged = new(capacity);

    /// <summary>Why nothing is sent any more; null while all is well.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Messages taken from the journal and still in it.</summary>
    public StageTally Tally { get; } = new();

    /// <summary>Works until cancelled, or until a fault ends all of it; may be called again when that has
    /// ended.</summary>
    public Task RunAsync(CancellationToken cancellation) => RunAsync(cancellation, cancellation);

    /// <summary>The same, with an end in two steps.</summary>
    /// <param name="cancellation">Nothing more is sent, but the acknowledgements of what is on its way are waited for:
    /// what is dropped from the journal nobody sends again.</param>
    /// <param name="lost">Nor are they waited for any more.</param>
    public async Task RunAsync(CancellationToken cancellation, CancellationToken lost)
    {
        Trouble = null;
        var left = _acknowledged.Open();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(lost);
        try
        {
            await Together.RunAsync(
                cancellation,
                stop => ThenAllIsOverAsync(async () =>
                {
                    await UntilCancelledAsync(sending => SendAsync(left, sending, over.Token), stop);
                    await SettledAsync(over.Token);
                }),
                _ => ThenAllIsOverAsync(() => UntilCancelledAsync(DropAsync, over.Token)));
        }
        finally
        {
            LeavePlaces(_acknowledged.Close());
        }

        // Where nobody sends nobody is waited for, and the other way round.
        async Task ThenAllIsOverAsync(Func<Task> half)
        {
            try
            {
                await half();
            }
            finally
            {
                await over.CancelAsync();
            }
        }
    }

    /// <summary>Waits until nothing is left to send; true when that came before the cancellation.</summary>
    public async Task<bool> DrainAsync(CancellationToken cancellation)
    {
        var between = TimeSpan.FromMilliseconds(50);
        try
        {
            while ((await outbox.MeasureAsync(cancellation)).Entries > 0)
            {
                await Task.Delay(between, time, cancellation);
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            // The limit is the caller's; what is left is sent by the next process.
            return false;
        }
    }

    /// <summary>After the work has ended.</summary>
    public void Dispose() => _places.Dispose();

    private async Task UntilCancelledAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        try
        {
            await work(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Asked to stop: what is not acknowledged stays in the journal.
        }
        catch (Exception fault)
        {
            // The top of the relay: it is told here and now, for nobody waits for it before the end.
            Trouble = fault.Message;
            onEnd(fault);
            throw;
        }
    }

    // Nothing is on its way when all places are free.
    private async Task SettledAsync(CancellationToken over)
    {
        var free = 0;
        try
        {
            for (; free < capacity; free++)
            {
                await _places.WaitAsync(over);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // What is not acknowledged by now is for whoever sends next.
        }

        if (free > 0)
        {
            _places.Release(free);
        }
    }

    private async Task SendAsync(ImmutableArray<long> left, CancellationToken cancellation, CancellationToken over)
    {
        // Before the first is read, for it would be sent again.
        await DeleteAsync(left, cancellation);
        _acknowledged.Forget(left);
        for (var after = 0L; ;)
        {
            foreach (var entry in await TryAsync(
                () => outbox.ReadAsync(after, PageEntries, PageBytes, cancellation), cancellation))
            {
                await _places.WaitAsync(cancellation);
                FailPoints.Pass(FailPoints.BeforeOutboxSend);
                Tally.Begin();
                try
                {
                    await sender.PostAsync(entry.Message, () => Settle(entry.Key), TakeBack, cancellation, over);
                }
                catch
                {
                    // It is not on its way: its place is free for the next life of the relay.
                    LeavePlaces(1);
                    throw;
                }

                after = entry.Key;
            }

            var last = after;
            await TryAsync(
                async () =>
                {
                    await outbox.WaitAsync(last, cancellation);
                    return true;
                },
                cancellation);
        }
    }

    private void TakeBack()
    {
        try
        {
            LeavePlaces(1);
        }
        catch (ObjectDisposedException)
        {
            // The relay is gone, and its places with it: the message is in the journal.
        }
    }

    private void Settle(long key)
    {
        if (!_acknowledged.TryNote(key))
        {
            TakeBack();
        }
    }

    // As many as there are at once: one write of the journal drops them all.
    private async Task DropAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var keys = await _acknowledged.TakeAsync(PageEntries, cancellation);
            FailPoints.Pass(FailPoints.BeforeOutboxDelete);
            try
            {
                await DeleteAsync(keys, cancellation);
            }
            catch
            {
                // Whatever it was: the broker has them, so the next life drops them before it sends.
                _acknowledged.Leave(keys);
                throw;
            }
            finally
            {
                LeavePlaces(keys.Length);
            }
        }
    }

    private async Task DeleteAsync(ImmutableArray<long> keys, CancellationToken cancellation)
    {
        if (!keys.IsEmpty)
        {
            await TryAsync(
                async () =>
                {
                    await outbox.DeleteAsync(keys, cancellation);
                    return true;
                },
                cancellation);
        }
    }

    private void LeavePlaces(int count)
    {
        if (count > 0)
        {
            _places.Release(count);
        }

        for (var i = 0; i < count; i++)
        {
            Tally.End();
        }
    }

    private ValueTask<T> TryAsync<T>(Func<ValueTask<T>> ask, CancellationToken cancellation) =>
        JournalPatience.AskAsync(ask, time, cancellation, onDelay);
}
