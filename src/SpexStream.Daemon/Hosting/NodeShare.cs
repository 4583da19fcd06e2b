using Microsoft.Extensions.Logging;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Reliability;
using SpexStream.Domain.Telemetry;
using SpexStream.Journal.Postgres;
using SpexStream.Messaging.Publishing;
using SpexStream.Pipeline;
using SpexStream.Pipeline.Leases;
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
    private readonly PostgresJournal _journal;
    private readonly StationIdentity _identity;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LeaseKeeper _keeper;
    private readonly bool _shareTiles;
    private LeasedRuntime? _runtime;
    private JournalRelay? _relay;
    private long _waiting;

    public NodeShare(
        PostgresJournal journal, RunSettings settings, StationIdentity identity, SpexMeter meter, TimeProvider time,
        ILogger logger)
    {
        (_journal, _identity, _time, _logger) = (journal, identity, time, logger);
        _shareTiles = settings.ShareTiles;
        _keeper = new LeaseKeeper(journal.Leases, Terms(settings), time, new()
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
        : _runtime is { IsSeen: false } ? "this node has no lease yet, so it takes no scenes"
        : null;

    /// <summary>Told why the journal cannot be written any more: what this node has is for others to do, and only a new
    /// start helps. Must not block.</summary>
    public Action<string> OnBroken { get; init; } = _ => { };

    /// <summary>Whether products are this node's to delete.</summary>
    public bool KeepsProducts => _keeper.Has(Retention);

    /// <summary>Makes the runtime of this node.</summary>
    public LeasedRuntime Open(LocalRuntimeOptions options, LocalRuntimePorts ports) =>
        _runtime = new LeasedRuntime(options, ports, new()
        {
            Keeper = _keeper,
            Leases = _journal.Leases,
            Inbox = _journal.Inbox,
            OnRefused = RefuseAsync,
            Tiles = !_shareTiles ? null : new()
            {
                Board = _journal.Tiles,
                Folder = Path.Combine(options.OutputRoot, TileSharingPorts.FolderName),
                OnRefused = line => Log.TileLeft(_logger, line),
            },
        });

    /// <summary>Takes part until cancelled.</summary>
    /// <param name="relay">Sends the messages of all nodes while this one has that role.</param>
    /// <param name="cancellation">Ends the taking of scenes; roles stay until this is disposed of.</param>
    public Task RunAsync(JournalRelay relay, CancellationToken cancellation)
    {
        _relay = relay;
        _keeper.Keep(Outbox, new RoleWork(relay.RunAsync));
        _keeper.Keep(Retention, new RoleWork(stop => Task.Delay(Timeout.Infinite, stop)));
        return Together.RunAsync(cancellation, _runtime!.RunAsync, CountAsync, HearAsync);
    }

    /// <summary>Leaves the sending of messages to others, or finishes it where there are none.</summary>
    public async Task<bool> HandOverOutboxAsync(CancellationToken cancellation)
    {
        var leases = await _journal.Leases.ListAsync(cancellation);
        var isDone = leases.Any(lease => lease.Lease.Key.Scene is null && lease.Node != _keeper.Node)
            || await _relay!.DrainAsync(cancellation);
        await _keeper.GiveUpAsync(Outbox, cancellation);
        return isDone;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _keeper.DisposeAsync();

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
