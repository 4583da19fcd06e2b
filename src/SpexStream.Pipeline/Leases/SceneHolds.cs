using SpexStream.Domain.Identity;
using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Pipeline.Retention;

namespace SpexStream.Pipeline.Leases;

/// <summary>
/// Keeps scenes from being worked on by any node, one at a time and for a short while, by having their leases. That
/// takes their epochs as well: whoever should be at work all the same writes nothing more until it has opened the scene
/// anew, for which it needs the lease. Safe for use from several threads.
/// </summary>
/// <param name="leases">Where leases are.</param>
/// <param name="terms">How long they hold, and when they are renewed.</param>
/// <param name="time">The clock.</param>
public sealed class SceneHolds(ISceneLeases leases, LeaseTerms terms, TimeProvider time)
{
    /// <summary>Keeps a scene until the answer is disposed of; null when another node has it.</summary>
    /// <exception cref="JournalException">It cannot be known.</exception>
    public async ValueTask<ISceneHold?> TryHoldAsync(SceneId scene, CancellationToken cancellation) =>
        await leases.AskAsync(LeaseKey.Of(scene), terms.Term, cancellation)
            is LeaseAnswer.Granted { Writer: { } writer } granted ? new Hold(this, granted.Lease, writer) : null;

    /// <summary>The right to write a scene, as soon as no node holds it or has its lease.</summary>
    /// <remarks>The lease is given back at once: who else may work on the scene is decided elsewhere, and the epoch is
    /// the fence.</remarks>
    public async ValueTask<ISceneWriter> OpenAsync(SceneId scene, CancellationToken cancellation)
    {
        while (true)
        {
            var answer = await JournalPatience.AskAsync(
                () => leases.AskAsync(LeaseKey.Of(scene), terms.Term, cancellation), time, cancellation);
            if (answer is LeaseAnswer.Granted { Writer: { } writer } granted)
            {
                await LeaveAsync(granted.Lease);
                cancellation.ThrowIfCancellationRequested();
                return writer;
            }

            await Task.Delay(terms.AskAgainAfter, time, cancellation);
        }
    }

    // Whoever asked may have been told to stop by now; the scene's next owner must not wait for the term because of it.
    private async Task LeaveAsync(HeldLease lease)
    {
        using var limit = new CancellationTokenSource(terms.Term, time);
        try
        {
            await JournalPatience.AskAsync(
                async () =>
                {
                    await leases.LeaveAsync([lease], limit.Token);
                    return true;
                },
                time, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // It has expired.
        }
    }

    private sealed class Hold : ISceneHold
    {
        private readonly SceneHolds _holds;
        private readonly HeldLease _lease;
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _renewing;

        public Hold(SceneHolds holds, HeldLease lease, ISceneWriter writer)
        {
            (_holds, _lease, Writer) = (holds, lease, writer);
            _renewing = RenewAsync();
        }

        public ISceneWriter Writer { get; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _renewing;
            _stop.Dispose();
            try
            {
                using var limit = new CancellationTokenSource(_holds.Terms.Term, _holds.Time);
                await _holds.Leases.ReleaseAsync([_lease], limit.Token);
            }
            catch (Exception fault) when (fault is JournalException or OperationCanceledException)
            {
                // It expires.
            }
        }

        private async Task RenewAsync()
        {
            using var timer = new PeriodicTimer(_holds.Terms.RenewAfter, _holds.Time);
            try
            {
                while (await timer.WaitForNextTickAsync(_stop.Token))
                {
                    try
                    {
                        await _holds.Leases.RenewAsync([_lease], _holds.Terms.Term, _stop.Token);
                    }
                    catch (JournalException)
                    {
                        // Without the journal nobody else opens the scene either.
                    }
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // Given back.
            }
        }
    }

    private ISceneLeases Leases => leases;

    private LeaseTerms Terms => terms;

    private TimeProvider Time => time;
}
