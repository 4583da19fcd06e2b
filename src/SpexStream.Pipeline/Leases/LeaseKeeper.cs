using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Leases;

/// <summary>
/// Keeps the leases of this node: lets <see cref="LeaseLife"/> decide, asks the journal, and lets work run as long as
/// its lease holds. Safe for use from several threads.
/// </summary>
public sealed partial class LeaseKeeper : IAsyncDisposable
{
    private readonly ISceneLeases _leases;
    private readonly LeaseTerms _terms;
    private readonly TimeProvider _time;
    private readonly LeaseNotes _notes;
    private readonly long _start;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly Dictionary<LeaseKey, LeaseEntry> _entries = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<Task> _goingBack = [];
    private readonly JournalTrouble _trouble;
    private bool _isClosed;

    /// <summary>Keeps nothing yet.</summary>
    /// <param name="leases">Where leases are.</param>
    /// <param name="terms">How they are kept.</param>
    /// <param name="time">The clock; only its monotonic side is read.</param>
    /// <param name="notes">Told what happens.</param>
    public LeaseKeeper(ISceneLeases leases, LeaseTerms terms, TimeProvider time, LeaseNotes? notes = null)
    {
        terms.Check();
        (_leases, _terms, _time, _notes, _start) = (leases, terms, time, notes ?? new(), time.GetTimestamp());
        _trouble = new JournalTrouble(_notes.OnTrouble);
        _timer = time.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How leases are kept.</summary>
    public LeaseTerms Terms => _terms;

    /// <summary>Name of this node.</summary>
    public string Node => _leases.Node;

    /// <summary>Why leases can neither be had nor kept; null while the journal answers.</summary>
    public string? Trouble => _trouble.Reason;

    /// <summary>Ends when the journal answers; at once while it does.</summary>
    public Task AnswersAsync(CancellationToken cancellation) => _trouble.OverAsync(cancellation);

    /// <summary>Scenes that this node has.</summary>
    public ImmutableArray<SceneId> Scenes => Locked(() => _entries.Values
        .Where(entry => entry.Tenure is not null).Select(
            entry => entry.Key.Scene).OfType<SceneId>().ToImmutableArray());

    /// <summary>Roles that this node has.</summary>
    public int RoleCount => Locked(() => _entries.Values.Count(
        entry => entry.Tenure is not null && entry.Key.Scene is null));

    /// <summary>Rung when another node has a scene that <see cref="Want"/> has asked for: there are fewer here than
    /// were counted.</summary>
    internal Bell Missed { get; } = new();

    /// <summary>Scenes that this node has, asks for, or has not let go of yet.</summary>
    internal int SceneCount => Locked(() => _entries.Values.Count(
        entry => entry.Key.Scene is not null && entry.State is not LeaseState.Unwanted));

    /// <summary>The right to a scene; null while this node has none.</summary>
    public SceneTenure? TenureOf(SceneId scene) => Locked(() => _entries.GetValueOrDefault(LeaseKey.Of(scene))?.Tenure);

    /// <summary>Whether this node has a role.</summary>
    public bool Has(LeaseKey key) => Locked(() => _entries.GetValueOrDefault(key)?.Tenure is not null);

    /// <summary>Wants a role from now on: whenever this node has it, the work runs. Work that ends by itself loses the
    /// role, and has it again after <see cref="LeaseTerms.PauseAfterFault"/> if no other node took it.</summary>
    public void Keep(LeaseKey role, ILeasedWork work) => Want(role, () => work, isStanding: true);

    /// <summary>Ends the work and gives the lease back; ends when the journal has it, or after a term without
    /// its answer. One that is not wanted is passed over.</summary>
    public async Task GiveUpAsync(LeaseKey key, CancellationToken cancellation)
    {
        while (true)
        {
            // Each time, for somebody may have wanted it again meanwhile.
            Take(key, _ => new LeaseInput.GiveUp());
            Task changed;
            lock (_lock)
            {
                if (_entries.GetValueOrDefault(key) is not { State: not LeaseState.Unwanted } entry)
                {
                    break;
                }

                changed = entry.Changed.Next;
            }

            await changed.WaitAsync(cancellation);
        }

        await ReleasedAsync(cancellation);
    }

    /// <summary>Ends everything, gives all leases back and waits for that, a term at most: what is not back then
    /// expires.</summary>
    public async ValueTask DisposeAsync()
    {
        ImmutableArray<LeaseKey> keys;
        lock (_lock)
        {
            (_isClosed, keys) = (true, [.. _entries.Keys]);
        }

        // A journal that does not answer lets them expire.
        using var limit = new CancellationTokenSource(_terms.Term, _time);
        await Task.WhenAll(keys.Select(key => GiveUpAsync(key, limit.Token)))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ReleasedAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stop.CancelAsync();
        await _timer.DisposeAsync();
    }

    /// <summary>Whose a lease is: asks the journal where that is not known, and waits while it does not
    /// answer.</summary>
    /// <param name="key">Of what.</param>
    /// <param name="work">Makes what is done under it, should this node get it.</param>
    /// <param name="cancellation">Ends the waiting, not the wish.</param>
    internal async ValueTask<LeaseStanding> SettleAsync(
        LeaseKey key, Func<ILeasedWork> work, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            bool isUnderWay;
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_isClosed, this);
                var entry = _entries.GetValueOrDefault(key);
                if (entry?.Tenure is { } tenure)
                {
                    return new LeaseStanding.Owned(tenure);
                }

                if (entry?.Holder is { } holder && Now < holder.Until)
                {
                    return new LeaseStanding.Elsewhere(holder.Node);
                }

                if (entry?.Damage is { } damage && Now < damage.Until)
                {
                    return new LeaseStanding.Unreadable(damage.Fault);
                }

                entry ??= _entries[key] = new LeaseEntry(key, work(), isStanding: false);
                // Wanted once, so that it and somebody who gives it up do not wake each other without end.
                (changed, isUnderWay) = (entry.Changed.Next, entry.State is not LeaseState.Unwanted);
            }

            if (isUnderWay || Take(key, _ => new LeaseInput.Want()))
            {
                await changed.WaitAsync(cancellation);
            }
        }
    }

    /// <summary>Asks for a lease and does not wait.</summary>
    internal void Want(LeaseKey key, Func<ILeasedWork> work, bool isStanding = false)
    {
        do
        {
            lock (_lock)
            {
                if (_isClosed)
                {
                    return;
                }

                _entries.TryAdd(key, new LeaseEntry(key, work(), isStanding));
                _entries[key].IsCounted = true;
            }
        }
        while (!Take(key, _ => new LeaseInput.Want()));
    }

    /// <summary>The journal has refused a write under a lease: it is another's, whatever its renewals say.</summary>
    internal void Refuse(LeaseKey key, long epoch) => Take(key, _ => new LeaseInput.Refused(epoch));

    /// <summary>What is done under a lease; null when it is unknown.</summary>
    internal ILeasedWork? WorkOf(LeaseKey key) => Locked(() => _entries.GetValueOrDefault(key)?.Work);

    private async Task ReleasedAsync(CancellationToken cancellation)
    {
        await Task.WhenAll(Locked(() => _goingBack.ToArray())).WaitAsync(_terms.Term, _time, cancellation)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    private void Tick() => Take(_ => new LeaseInput.Tick(), entries: null);

    // False when there is no such entry; one that nobody wants any more may be forgotten at any moment.
    private bool Take(LeaseKey key, Func<LeaseEntry, LeaseInput> input) => Take(input, [key]);

    // Decides under the lock, acts outside of it; renewals that are due together are asked for together.
    private bool Take(Func<LeaseEntry, LeaseInput> input, ImmutableArray<LeaseKey>? entries)
    {
        var tasks = new LeaseTasks();
        LeaseEntry[] concerned;
        lock (_lock)
        {
            concerned = entries is { } keys
                ? [.. keys.Select(key => _entries.GetValueOrDefault(key)).OfType<LeaseEntry>()]
                : [.. _entries.Values];
            foreach (var entry in concerned)
            {
                Step(entry, input(entry), tasks);
            }

            foreach (var key in _entries.Values.Where(entry => entry.IsForgotten(Now) && entries is null)
                .Select(entry => entry.Key).ToArray())
            {
                _entries.Remove(key);
            }

            Wind();
        }

        CarryOut(tasks);
        return concerned.Length > 0;
    }

    private void Step(LeaseEntry entry, LeaseInput input, LeaseTasks tasks)
    {
        if (_isClosed && input is LeaseInput.Want)
        {
            // Who waits for it looks again.
            entry.Changed.Ring();
            return;
        }

        var (state, effects) = LeaseLife.Step(entry.State, input, Now, _terms);
        if (state == entry.State && effects.IsEmpty)
        {
            return;
        }

        entry.State = state;
        foreach (var effect in effects)
        {
            Note(entry, effect, tasks);
        }

        entry.Changed.Ring();
    }

    private void Wind()
    {
        var next = _entries.Values.Select(entry => LeaseLife.NextTick(entry.State)).Min();
        var wait = next is { } due ? (due > Now ? due - Now : TimeSpan.Zero) : Timeout.InfiniteTimeSpan;
        if (!_stop.IsCancellationRequested)
        {
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
