using System.Collections.Immutable;
using Akka.Actor;
using Akka.Remote;
using Microsoft.Extensions.Logging;
using SpexStream.Actors.Devices;
using SpexStream.Actors.Ingest;
using SpexStream.Actors.Nodes;
using SpexStream.Actors.Scenes;
using SpexStream.Actors.Tiles;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Actors;

/// <summary>
/// The Akka.NET runtime: one sharded entity per scene, one pinned actor per device, one or many nodes. Begins with
/// <see cref="RecoverAsync"/>.
/// </summary>
public sealed class AkkaRuntime : IPipelineRuntime, IRuntimeFigures
{
    private static readonly TimeSpan HangingPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CutOffPatience = TimeSpan.FromMilliseconds(500);
    private readonly AkkaRuntimeOptions _options;
    private readonly ILoggerFactory _loggers;
    private readonly IPipelineWorks _works;
    private readonly NodeParts _parts;
    private readonly ClusterStanding _standing = new();
    private readonly TaskCompletionSource<SceneClient> _client = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private ActorNode? _node;
    private volatile string? _ended;
    private int _isLeaving;
    private Task? _end;

    /// <summary>Puts a runtime together; nothing runs yet.</summary>
    /// <param name="options">Bounds, and the node.</param>
    /// <param name="works">What it drives; its own from here on.</param>
    /// <param name="tiles">Where the works offer their tiles.</param>
    /// <param name="loggers">Where actors log.</param>
    public AkkaRuntime(AkkaRuntimeOptions options, IPipelineWorks works, OfferedTiles tiles, ILoggerFactory loggers)
    {
        (_options, _works, _loggers) = (options, works, loggers);
        _parts = new NodeParts(works, tiles, new SceneBoard(options.MaxOpenScenes), new DeviceBoard());
    }

    /// <inheritdoc/>
    public IWorksFigures Works => _works;

    /// <inheritdoc/>
    public int OpenScenes => _parts.Scenes.Taken.Count;

    /// <inheritdoc/>
    public int? Shards => _parts.Shards.Value;

    /// <inheritdoc/>
    public int WaitingStrips => _works.WaitingStrips + _parts.Scenes.WaitingStrips;

    /// <inheritdoc/>
    public int QueuedTiles => _parts.Tiles.Depth;

    /// <inheritdoc/>
    public int MailboxDepth => _parts.Scenes.Taken.Select(place => place.MailboxDepth).DefaultIfEmpty().Max();

    /// <inheritdoc/>
    public long ResultBytes => _parts.Scenes.Taken.Sum(place => place.ResultBytes);

    /// <inheritdoc/>
    public ImmutableArray<string> DevicesOut => _parts.Devices.Out;

    /// <inheritdoc/>
    public string? Trouble => _ended
        ?? (_standing.IsCutOff ? "this node reaches no more than half of the cluster, so it takes no scenes" : null)
        ?? (_node is null || _standing.IsIn ? null
            : _standing.Joined.IsCompleted ? "this node is on its way out of the cluster"
            : $"this node does not belong to the cluster yet; it asks {string.Join(", ", _options.Node.Seeds)}");

    /// <summary>Other nodes of the cluster that hold scenes; after the end, how many there were.</summary>
    public int Others => _standing.Others;

    /// <summary>Ends when this node belongs to the cluster.</summary>
    public Task Joined => _standing.Joined;

    /// <summary>The actor system; null before the beginning.</summary>
    internal ActorSystem? System => _node?.System;

    /// <inheritdoc/>
    public async ValueTask<int> RecoverAsync(CancellationToken cancellation)
    {
        try
        {
            _client.SetResult(await BeginAsync(cancellation));
        }
        catch (Exception fault)
        {
            // Who has something to deliver waits for the beginning.
            _client.TrySetException(fault);
            throw;
        }

        var open = await _works.Journal.ListOpenAsync(cancellation);
        if (_options.Node.IsAlone)
        {
            // As many as there are places for; the rest, and those of a cluster, are seen to by the waker.
            await Task.WhenAll(
                open.Take(_options.MaxOpenScenes).Select(scene => RecallAsync(scene.Scene, cancellation)));
        }

        return open.Length;
    }

    /// <inheritdoc/>
    public IDisposable? TryHold(SceneId scene) => _parts.Scenes.TryHold(scene);

    /// <inheritdoc/>
    public async ValueTask<DeliveryOutcome> DeliverAsync(StripDelivery delivery, CancellationToken cancellation)
    {
        // The gate of this node, which takes the strip; its scene may live behind another one.
        await _works.WaitForGateAsync(cancellation);
        return ((StripDecided)await AskAsync(id => new StripDelivered(id, delivery), cancellation)).Outcome;
    }

    /// <inheritdoc/>
    public async ValueTask EndPassAsync(PassEnd pass, CancellationToken cancellation) =>
        await AskAsync(id => new EndPass(id, pass), cancellation);

    /// <inheritdoc/>
    public async ValueTask<SceneOrderOutcome> OrderAsync(
        SceneId scene, SceneOrder order, CancellationToken cancellation) =>
        ((OrderDecided)await AskAsync(id => new OrderScene(id, scene, order), cancellation)).Outcome;

    /// <inheritdoc/>
    public async Task<bool> DrainAsync(TimeSpan limit, CancellationToken cancellation)
    {
        var busy = _parts.Scenes.Taken.Where(place => !place.IsGathering).Select(place => place.Left).ToArray();
        try
        {
            await Task.WhenAll(busy).WaitAsync(limit, _works.Time, cancellation);
            return _parts.Scenes.Taken.All(place => place.Left.IsCompleted);
        }
        catch (TimeoutException)
        {
            // The limit is the caller's; what is left is told by the answer.
            return false;
        }
    }

    /// <summary>Stops the devices after their tiles, hands the shards of this node over and leaves the cluster. Scenes
    /// that are not closed are abandoned here; another node, or the next process, takes them up. A second call waits
    /// for the first.</summary>
    public ValueTask DisposeAsync() => new(_end ??= EndAsync());

    private async Task<SceneClient> BeginAsync(CancellationToken cancellation)
    {
        var place = _options.Node.Founds && !await _options.MayFound(cancellation) ? _options.Node.Joining
            : _options.Node;
        _node = await ActorNode.StartAsync(
            SpexActors.SystemName, place.IsAlone, _loggers, builder =>
                builder.WithSpexActors(_options with { Node = place, WriterOf = WriterOfAsync }, _parts, _loggers),
            cancellation);
        var node = _node;
        _standing.Begin(node.System);
        var shutdown = CoordinatedShutdown.Get(node.System);
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "take-nothing", () => StopTakingAsync(node));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "stop-devices", StopDevicesAsync);
        _ = WatchAsync(_node);
        return new SceneClient(
            _node.Actors.Get<IngestActor>(), AddressUidExtension.Uid(_node.System), _options.MaxAsks);
    }

    private async Task<SceneAnswer> AskAsync(Func<RequestId, SceneAsk> ask, CancellationToken cancellation)
    {
        try
        {
            var client = await _client.Task.WaitAsync(cancellation);
            return await client.AskAsync(ask, cancellation);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The node ends, and there is no answer: whoever asked must not take that for one, and holds what it has
            // until it is told to stop. Then it comes again, elsewhere or later.
            await Task.Delay(Timeout.InfiniteTimeSpan, _works.Time, cancellation);
            throw;
        }
    }

    private async ValueTask<ISceneWriter?> WriterOfAsync(SceneId scene, CancellationToken stop)
    {
        while (_standing.IsCutOff)
        {
            await Task.Delay(CutOffPatience, _works.Time, stop);
        }

        return await _options.WriterOf(scene, stop);
    }

    // One that cannot be taken up has said so, and is tried again when it has rested.
    private async Task RecallAsync(SceneId scene, CancellationToken cancellation)
    {
        var client = await _client.Task;
        await ((Task)client.AskAsync(id => new RecallScene(id, scene), cancellation))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
    }

    private async Task EndAsync()
    {
        Interlocked.Exchange(ref _isLeaving, 1);
        _standing.End();
        _client.TrySetCanceled();
        await _works.AbandonAsync();
        if (_node is not null)
        {
            await _node.LeaveAsync(() => _parts.Devices.Hung > 0, HangingPatience, _works.Time);
        }

        await _parts.Scenes.EmptyAsync();
        await _works.DisposeAsync();
    }

    // However it came to an end, it is told; as a rule the first phase of the shutdown has done so before.
    private async Task WatchAsync(ActorNode node)
    {
        await node.Ended;
        TellEnd(node);
        await _works.AbandonAsync();
    }

    // A node that is thrown out of the cluster must not work on: others take its scenes up. Told before anything is
    // waited for: the system ends only when its devices do, and one that hangs in a read never does.
    private void TellEnd(ActorNode node)
    {
        if (Interlocked.Exchange(ref _isLeaving, 1) == 0)
        {
            _standing.End();
            _ended = NodeEnd.Words(CoordinatedShutdown.Get(node.System).ShutdownReason, _options.Node);
            _options.OnEnded(_ended);
        }
    }

    private async Task<Akka.Done> StopTakingAsync(ActorNode node)
    {
        TellEnd(node);
        (await _client.Task).Close();
        await _works.AbandonAsync();
        return Akka.Done.Instance;
    }

    private async Task<Akka.Done> StopDevicesAsync()
    {
        await _node!.Actors.Get<NodeActor>().Ask<DevicesStopped>(StopDevices.Instance, Timeout.InfiniteTimeSpan);
        return Akka.Done.Instance;
    }
}
