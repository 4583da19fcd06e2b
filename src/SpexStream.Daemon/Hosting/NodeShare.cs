using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Reliability;
using SpexStream.Domain.Scenes;
using SpexStream.Domain.Telemetry;
using SpexStream.Journal.Postgres;
using SpexStream.Messaging.CatchUp;
using SpexStream.Messaging.Commands;
using SpexStream.Messaging.Publishing;
using SpexStream.Pipeline;
using SpexStream.Pipeline.Leases;
using SpexStream.Pipeline.Retention;
using SpexStream.Pipeline.Sharing;

namespace SpexStream.Daemon.Hosting;

/// <summary>This node among those that share a journal: its leases, its part of the scenes, and what only one node at a
/// time does.</summary>
internal sealed class NodeShare : IAsyncDisposable
{
    private const double MarginOfTerm = 0.3;
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(5);
    private static readonly LeaseKey Outbox = LeaseKey.OfRole("outbox");
    private static readonly LeaseKey Retention = LeaseKey.OfRole("retention");
    private static readonly LeaseKey CatchUp = LeaseKey.OfRole("catch-up");
    private readonly PostgresJournal _journal;
    private readonly StationIdentity _identity;
    private readonly CommandReplies _replies;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LeaseTerms _terms;
    private readonly LeaseKeeper _keeper;
    private readonly bool _shareTiles;
    private ISharedRuntime? _runtime;
    private Func<SceneId, CancellationToken, ValueTask<ISceneHold?>> _tryHold;
    private JournalRelay? _relay;
    private long _waiting;

    public NodeShare(
        PostgresJournal journal, RunSettings settings, StationIdentity identity, CommandReplies replies,
        SpexMeter meter, TimeProvider time, ILogger logger)
    {
        _replies = replies;
        (_journal, _identity, _time, _logger) = (journal, identity, time, logger);
        _shareTiles = settings.ShareTiles;
        _terms = Terms(settings);
        Holds = new SceneHolds(journal.Leases, _terms, time);
        _tryHold = Holds.TryHoldAsync;
        Unreadable = new UnreadableScenes(
            time, (scene, fault) => Log.SceneUnreadable(logger, scene.Value, fault.Message));
        _keeper = new LeaseKeeper(journal.Leases, _terms, time, new()
        {
            OnOwned = (key, begun) =>
            {
                Log.LeaseOwned(logger, key.Text);
                meter.TakeOvers.Add(begun ? 1 : 0);
            },
            OnEnded = (key, why) => Log.LeaseEnded(logger, key.Text, why.ToString()),
            OnFault = (key, fault) => Log.LeaseFault(logger, fault, key.Text),
            OnTrouble = Tell,
        });
        meter.ObserveAll("spex_leases_held", null, "Leases that this node has, by kind (scene, role).", () =>
        [
            new(_keeper.Scenes.Length, new KeyValuePair<string, object?>("kind", "scene")),
            new(_keeper.RoleCount, new KeyValuePair<string, object?>("kind", "role")),
        ]);
        meter.Observe("spex_inbox_depth", null, "Strips accepted for scenes of other nodes that wait for them.",
            () => Interlocked.Read(ref _waiting));
    }

    /// <summary>Why this node takes no part; null while it does.</summary>
    public string? Trouble =>
        _keeper.Trouble is { } reason ? $"the journal does not answer, so no strips are taken: {reason}"
        : _runtime?.SharingTrouble;

    /// <summary>Ends when the journal answers this node; at once while it does.</summary>
    public Task JournalAnswersAsync(CancellationToken cancellation) => _keeper.AnswersAsync(cancellation);

    /// <summary>Told why the journal cannot be written any more: what this node has is for others to do, and only a new
    /// start helps. Must not block.</summary>
    public Action<string> OnBroken { get; init; } = _ => { };

    /// <summary>Told that the messages of all nodes are this one's to carry to the broker from now on; must not
    /// block.</summary>
    public Action OnCarrying { get; set; } = () => { };

    /// <summary>Whether products are this node's to delete.</summary>
    public bool KeepsProducts => _keeper.Has(Retention);

    /// <summary>Scenes that this node cannot read.</summary>
    public UnreadableScenes Unreadable { get; }

    /// <summary>Keeps what comes for them, for a runtime that finds scenes by itself.</summary>
    public UnreadMail Mail => new(_journal.Leases, _journal.Inbox, Unreadable, _time) { OnRefused = RefuseAsync };

    /// <summary>Keeps scenes from being worked on anywhere.</summary>
    public SceneHolds Holds { get; }

    /// <summary>Makes the in-process runtime of this node.</summary>
    public LeasedRuntime Open(LocalRuntimeOptions options, LocalRuntimePorts ports)
    {
        var runtime = new LeasedRuntime(options, ports, new()
        {
            Keeper = _keeper,
            Leases = _journal.Leases,
            Inbox = _journal.Inbox,
            OnRefused = RefuseAsync,
            OnAnswered = _replies.AnswerAsync,
            Tiles = Board(options),
            Unreadable = Unreadable,
        });
        (_runtime, _tryHold) = (runtime, runtime.TryHoldAsync);
        return runtime;
    }

    /// <summary>The right to a scene that is not open here; null when another node has it.</summary>
    public ValueTask<ISceneHold?> TryHoldAsync(SceneId scene, CancellationToken cancellation) =>
        _tryHold(scene, cancellation);

    /// <summary>Makes the sharing of tiles, for a runtime that has none of its own; null where it is off.</summary>
    /// <param name="options">Bounds and places.</param>
    /// <param name="ports">What the runtime works with.</param>
    /// <param name="others">Other nodes that are there.</param>
    public SharedTiles? OpenTiles(LocalRuntimeOptions options, LocalRuntimePorts ports, Func<int> others) =>
        Board(options) is { } board ? new SharedTiles(board, _terms, others, options, ports) : null;

    /// <summary>Takes the runtime of this node.</summary>
    public ISharedRuntime Join(ISharedRuntime runtime) => _runtime = runtime;

    /// <summary>Whether no other node has a role: roles are had by nodes that belong together, so there is nobody yet
    /// whom this one could join. Leases that are left by nodes which have died are waited for.</summary>
    public async ValueTask<bool> IsNobodyThereAsync(CancellationToken cancellation)
    {
        var begun = _time.GetTimestamp();
        while (true)
        {
            var leases = await JournalPatience.AskAsync(
                () => _journal.Leases.ListAsync(cancellation), _time, cancellation);
            if (!leases.Any(lease => lease.Lease.Key.Scene is null && lease.Node != _keeper.Node))
            {
                return true;
            }

            // Who has kept one for longer than it holds is alive.
            if (_time.GetElapsedTime(begun) > _terms.Term + _terms.AskAgainAfter)
            {
                return false;
            }

            await Task.Delay(_terms.AskAgainAfter, _time, cancellation);
        }
    }

    /// <summary>As <see cref="LeasedRuntime.OrderOrPassOnAsync"/>; null where the runtime itself finds the node that
    /// has a scene.</summary>
    public Func<InboxItem.Order, CancellationToken, ValueTask<SceneOrderOutcome?>>? OrderOrPassOn =>
        _runtime is LeasedRuntime leased ? leased.OrderOrPassOnAsync : null;

    /// <summary>The nodes that are there: each has at least the lease that says so. Null where the runtime has none of
    /// scenes.</summary>
    public async ValueTask<ImmutableArray<string>?> NodesAsync(CancellationToken cancellation) =>
        _runtime is not LeasedRuntime ? null
        : [.. (await _journal.Leases.ListAsync(cancellation)).Select(lease => lease.Node).Distinct()];

    /// <summary>Takes part until cancelled.</summary>
    /// <param name="relay">Sends the messages of all nodes while this one has that role.</param>
    /// <param name="cancellation">Ends the taking of scenes; roles stay until this is disposed of.</param>
    public async Task RunAsync(JournalRelay relay, CancellationToken cancellation)
    {
        _relay = relay;
        await _runtime!.JoinedAsync(cancellation);
        _keeper.Keep(Outbox, new RoleWork(tenure =>
        {
            OnCarrying();
            return relay.RunAsync(tenure.Ended, tenure.Lost);
        }));
        _keeper.Keep(Retention, new StandingLease());
        await Together.RunAsync(cancellation, _runtime.RunAsync, CountAsync, HearAsync);
    }

    /// <summary>Runs the group's catch-up session whenever this node has that role, until cancelled; then it is
    /// another's at once.</summary>
    public async Task CatchUpAsync(CatchUpSession session, CancellationToken cancellation)
    {
        // A role says that its node belongs to the others.
        await _runtime!.JoinedAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (cancellation.IsCancellationRequested)
        {
            return;
        }

        _keeper.Keep(CatchUp, new RoleWork(tenure => session.RunAsync(tenure.Ended)));
        await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellation)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var limit = new CancellationTokenSource(_keeper.Terms.Term, _time);
        await _keeper.GiveUpAsync(CatchUp, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>The node that carries the messages of all to the broker; null while none does.</summary>
    public async ValueTask<string?> CarrierAsync(CancellationToken cancellation) =>
        (await _journal.Leases.ListAsync(cancellation)).FirstOrDefault(lease => lease.Lease.Key == Outbox)?.Node;

    /// <summary>Leaves the sending of messages to others, or finishes it where there are none.</summary>
    public Task<bool> HandOverOutboxAsync(CancellationToken cancellation) =>
        new RoleHandOver(
            Outbox, new RoleWork(tenure => _relay!.RunAsync(tenure.Ended, tenure.Lost)), _journal.Leases, _keeper, _time)
            .RunAsync(_relay!.DrainAsync, cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _keeper.DisposeAsync();

    private TileSharingPorts? Board(LocalRuntimeOptions options) => !_shareTiles ? null : new()
    {
        Board = _journal.Tiles,
        Folder = Path.Combine(options.OutputRoot, TileSharingPorts.FolderName),
        OnRefused = line => Log.TileLeft(_logger, line),
    };

    private static LeaseTerms Terms(RunSettings settings)
    {
        var term = TimeSpan.FromSeconds(settings.LeaseSeconds);
        return new()
        {
            Term = term,
            Margin = term * MarginOfTerm,
            RenewAfter = term * MarginOfTerm,
            AskAgainAfter = TimeSpan.FromSeconds(Math.Min(1, settings.LeaseSeconds / 10)),
        };
    }

    private ValueTask RefuseAsync(InboxEntry entry, Rejection rejection, CancellationToken cancellation) =>
        new JournaledOutbox(_journal.Outbox, _time).PostAsync(
            InboxRefusal.Encode(entry, rejection, _identity), cancellation);

    private async Task HearAsync(CancellationToken cancellation)
    {
        try
        {
            OnBroken((await _journal.Broken.WaitAsync(cancellation)).Message);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The daemon stops, and the journal goes on.
        }
    }

    private async Task CountAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(CountEvery, _time);
        try
        {
            do
            {
                try
                {
                    Interlocked.Exchange(ref _waiting, await _journal.Inbox.CountAsync(cancellation));
                }
                catch (JournalException)
                {
                    // Readiness says it; the last figure stands until there is a new one.
                }
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The daemon stops; so does its counting.
        }
    }

    private void Tell(string? trouble)
    {
        if (trouble is null)
        {
            Log.LeasesBack(_logger);
            return;
        }

        Log.LeasesAway(_logger, trouble);
    }
}
