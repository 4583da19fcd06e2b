using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Leases;

/// <summary>
/// Looks at the leases of all nodes: takes scenes that nobody has, this node's share first and after a short while
/// whatever is left, and gives scenes that only wait for strips to nodes that have fewer. Says that this node is there
/// by a lease of its own.
/// </summary>
internal sealed class TakeOver(LeasedPorts ports, LeasedRuntime runtime, int maxScenes, TimeProvider time)
{
    private const int MostFree = 256;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    // Each look is at all leases and all that waits, and there may be news with every write.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private readonly Lock _lock = new();
    private readonly Bell _changed = new();
    private readonly Dictionary<SceneId, long> _shunned = [];
    private readonly LeaseKey _self = NodeLease.KeyOf(ports.Leases.Node);
    private readonly FullSign _full = new(ports.Keeper);
    private Dictionary<SceneId, long> _free = [];
    private ImmutableSortedDictionary<string, int> _census = NodeCensus.Empty;
    private ImmutableSortedDictionary<string, int> _sharers = NodeCensus.Empty;
    private ImmutableHashSet<SceneId> _elsewhere = [];
    private volatile bool _isClosed;
    private bool _hasLooked;

    /// <summary>Whether scenes are taken at all.</summary>
    public bool IsTaking => !_isClosed;

    /// <summary>Whether this node would begin a scene that nobody has yet.</summary>
    public bool MayBegin => !_isClosed && ports.Keeper.SceneCount < maxScenes
        && FairShare.Begins(
            ports.Leases.Node, Volatile.Read(ref _sharers).SetItem(ports.Leases.Node, ports.Keeper.SceneCount));

    /// <summary>Whether a scene has to wait for a place with whoever announces it: this node is full, no other has it,
    /// and none takes those that lie there already.</summary>
    public bool MustWait(SceneId scene)
    {
        if (_isClosed || ports.Keeper.SceneCount < maxScenes || Volatile.Read(ref _elsewhere).Contains(scene))
        {
            return false;
        }

        lock (_lock)
        {
            return Waiting > 0;
        }
    }

    /// <summary>The nodes as they were last seen.</summary>
    public ImmutableSortedDictionary<string, int> Census => Volatile.Read(ref _census);

    /// <summary>A scene is not at work here any more.</summary>
    public void Left(SceneId scene, bool hasWork)
    {
        if (hasWork)
        {
            // Another node may do better; here it would end the same way at once.
            lock (_lock)
            {
                _shunned[scene] = time.GetTimestamp();
            }
        }

        _changed.Ring();
    }

    /// <summary>Takes nothing more, and tells the others so.</summary>
    public Task CloseAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            _isClosed = true;
        }

        return Task.WhenAll(ports.Keeper.GiveUpAsync(_self, cancellation), _full.CloseAsync(cancellation));
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        ports.Keeper.Keep(_self, new StandingLease(_changed.Ring));
        try
        {
            while (true)
            {
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                // Before the look, so that nothing is missed.
                Task[] news = [ports.Leases.WaitAsync(stop.Token), _changed.Next, ports.Keeper.Missed.Next];
                var began = time.GetTimestamp();
                var wait = await LookAsync(cancellation);
                await Task.WhenAny([.. news, Task.Delay(wait, time, stop.Token)]);
                await stop.CancelAsync();
                cancellation.ThrowIfCancellationRequested();
                if (Shortest - time.GetElapsedTime(began) is var rest && rest > TimeSpan.Zero)
                {
                    await Task.Delay(rest, time, cancellation);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Asked to stop; the leases are given back by whoever asked.
        }
    }

    // How long until it is worth looking again, if nobody calls before.
    private async Task<TimeSpan> LookAsync(CancellationToken cancellation)
    {
        if (_isClosed)
        {
            return ports.Keeper.Terms.Term;
        }

        try
        {
            var listed = await ports.Leases.ListAsync(cancellation);
            var free = await ports.Leases.ListFreeAsync(MostFree, cancellation);
            return _isClosed ? ports.Keeper.Terms.Term : Decide(listed, free);
        }
        catch (JournalException fault)
        {
            ports.OnTrouble(fault.Message);
            return ports.Keeper.Terms.AskAgainAfter;
        }
    }

    private TimeSpan Decide(ImmutableArray<LeaseListing> listed, ImmutableArray<SceneId> free)
    {
        var node = ports.Leases.Node;
        var own = ports.Keeper.SceneCount;
        var census = NodeCensus.Of(listed).SetItem(node, own);
        var sharers = census.Sharers(listed, node);
        Volatile.Write(ref _census, census);
        Volatile.Write(ref _sharers, sharers);
        Volatile.Write(ref _elsewhere, [.. listed.Where(lease => lease.Node != node)
            .Select(lease => lease.Lease.Key.Scene).OfType<SceneId>()]);
        TakeBack(listed);
        var (open, waiting) = Note(free);
        var take = FairShare.Take(node, sharers, open.Length, waiting, Math.Max(0, maxScenes - own));
        foreach (var scene in open.Take(take))
        {
            Want(scene);
        }

        _full.Show(ports.Keeper.SceneCount >= maxScenes);
        GiveAway(FairShare.Surplus(node, sharers.SetItem(node, ports.Keeper.Scenes.Length), open.Length));
        if (open.Length > take)
        {
            return Patience;
        }

        var next = listed.Where(lease => lease.Node != node).Select(lease => (TimeSpan?)lease.For).Min();
        return next is not { } due || due > ports.Keeper.Terms.Term ? ports.Keeper.Terms.Term
            : due < Shortest ? Shortest : due;
    }

    // What an earlier process of this node had: once, for later lists may be older than what this one gave back.
    private void TakeBack(ImmutableArray<LeaseListing> listed)
    {
        foreach (var lease in _hasLooked ? [] : listed.Where(lease => lease.Node == ports.Leases.Node))
        {
            if (lease.Lease.Key.Scene is { } scene)
            {
                Want(scene);
            }
        }

        _hasLooked = true;
    }

    // Those that may be taken here, and how many of them others have left lying.
    private (ImmutableArray<SceneId> Open, int Waiting) Note(ImmutableArray<SceneId> free)
    {
        lock (_lock)
        {
            foreach (var (scene, at) in _shunned.ToArray())
            {
                if (time.GetElapsedTime(at) >= UnreadableScenes.Shunned)
                {
                    _shunned.Remove(scene);
                }
            }

            var open = free.Where(scene => !_shunned.ContainsKey(scene)).ToImmutableArray();
            _free = open.ToDictionary(scene => scene, scene => _free.GetValueOrDefault(scene, time.GetTimestamp()));
            return (open, Waiting);
        }
    }

    // Under the lock.
    private int Waiting => _free.Values.Count(since => time.GetElapsedTime(since) >= Patience);

    // A look may have been under way when this closed; what is wanted then, closing does not see any more.
    private void Want(SceneId scene)
    {
        lock (_lock)
        {
            if (!_isClosed)
            {
                ports.Keeper.Want(LeaseKey.Of(scene), () => runtime.NewShift(scene));
            }
        }
    }

    private void GiveAway(int count)
    {
        foreach (var scene in runtime.Local.Gathering.Take(count))
        {
            // Who has fewer takes it as soon as it is free.
            _ = ports.Keeper.GiveUpAsync(LeaseKey.Of(scene), CancellationToken.None);
        }
    }
}
