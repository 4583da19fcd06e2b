using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Reliability;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Retention;
using SpexStream.Pipeline.Scenes;
using SpexStream.Pipeline.Sharing;

namespace SpexStream.Pipeline.Leases;

/// <summary>
/// The in-process runtime of a node that shares the scenes with others: works on those whose lease it has, and leaves
/// what it accepts for others in the journal's inbox.
/// </summary>
public sealed partial class LeasedRuntime : ISharedRuntime
{
    private readonly LeasedPorts _ports;
    private readonly LeaseKeeper _keeper;
    private readonly TimeProvider _time;
    private readonly SceneUses _uses;
    private readonly TakeOver _takeOver;
    private readonly ShiftTools _tools;
    private readonly UnreadableScenes _unreadable;
    private readonly CancellationTokenSource _stop = new();
    private readonly SharedTiles? _tiles;
    private Task? _ended;

    /// <summary>Starts the workers; scenes are taken from <see cref="RunAsync"/> on.</summary>
    /// <param name="options">Bounds and places.</param>
    /// <param name="ports">What every runtime works with.</param>
    /// <param name="leased">What it needs besides.</param>
    public LeasedRuntime(LocalRuntimeOptions options, LocalRuntimePorts ports, LeasedPorts leased)
    {
        (_ports, _keeper, _time) = (leased, leased.Keeper, ports.Time);
        _tiles = leased.Tiles is not { } tiles ? null
            : new SharedTiles(tiles, leased.Keeper.Terms, () => Math.Max(0, Nodes - 1), options, ports);
        Local = new LocalRuntime(options, _tiles?.AddTo(ports) ?? ports, leased.Keeper.TenureOf, Nudge);
        _uses = new SceneUses(Nudge);
        _unreadable = leased.Unreadable ?? new UnreadableScenes(ports.Time, (_, _) => { });
        _takeOver = new TakeOver(leased, this, options.MaxOpenScenes, ports.Time);
        _tools = new ShiftTools
        {
            Runtime = Local,
            Journal = ports.Journal!,
            Inbox = leased.Inbox,
            Uses = _uses,
            OnRefused = leased.OnRefused,
            OnAnswered = leased.OnAnswered,
            OnLeft = _takeOver.Left,
            Unreadable = _unreadable,
            Time = ports.Time,
            Limit = leased.Keeper.Terms.Term,
        };
    }

    /// <summary>The work on this node.</summary>
    public LocalRuntime Local { get; }

    /// <inheritdoc/>
    public string? SharingTrouble => IsSeen ? null : "this node has no lease yet, so it takes no scenes";

    /// <summary>Whether other nodes can see that this one takes scenes.</summary>
    public bool IsSeen => _keeper.Has(NodeLease.KeyOf(_keeper.Node));

    /// <inheritdoc/>
    public int Nodes => _takeOver.Census.Count;

    /// <inheritdoc/>
    public Task JoinedAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Takes scenes that nobody has, and gives some to nodes that have fewer, until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellation) =>
        Together.RunAsync(
            cancellation, _takeOver.RunAsync,
            stop => _tiles is null ? Task.CompletedTask : Local.HelpAsync(_tiles, stop));

    /// <summary>Nothing to take up at once: open scenes are taken by lease (<see cref="RunAsync"/>).</summary>
    /// <returns>0.</returns>
    public ValueTask<int> RecoverAsync(CancellationToken cancellation) => new(0);

    /// <inheritdoc/>
    public IDisposable? TryHold(SceneId scene) => Local.TryHold(scene);

    /// <summary>The right to a scene that is not open here, for who writes its facts without opening it; null when
    /// another node has it. A strip that comes meanwhile is taken under the same lease.</summary>
    public async ValueTask<ISceneHold?> TryHoldAsync(SceneId scene, CancellationToken cancellation)
    {
        var use = _uses.Enter(scene);
        try
        {
            using var late = new CancellationTokenSource(_keeper.Terms.Term, _time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
            if (_takeOver.IsTaking && await _keeper.SettleAsync(LeaseKey.Of(scene), () => NewShift(scene), stop.Token)
                is LeaseStanding.Owned { Tenure.Writer: { } writer })
            {
                return new BorrowedScene(writer, use);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The journal does not answer: another time.
        }
        catch
        {
            use.Dispose();
            throw;
        }

        use.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public async Task<bool> DrainAsync(TimeSpan limit, CancellationToken cancellation)
    {
        // Others go on with what only waits; what is being put together is finished here.
        await StopHelpingAsync();
        await _takeOver.CloseAsync(cancellation);
        var gathering = Task.WhenAll(Local.Gathering.Select(
            scene => _keeper.GiveUpAsync(LeaseKey.Of(scene), cancellation)));
        var isDone = await Local.DrainAsync(limit, cancellation);
        await gathering;
        return isDone;
    }

    /// <summary>Gives the leases of all scenes back, and stops the workers. A second call waits for the
    /// first.</summary>
    public ValueTask DisposeAsync() => new(_ended ??= EndAsync());

    internal SceneShift NewShift(SceneId scene) => new(scene, _tools);

    private async Task EndAsync()
    {
        await _stop.CancelAsync();
        await StopHelpingAsync();
        using var limit = new CancellationTokenSource(_keeper.Terms.Term, _time);
        await _takeOver.CloseAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_keeper.Scenes.Select(scene => _keeper.GiveUpAsync(LeaseKey.Of(scene), limit.Token)))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Local.DisposeAsync();
        _tiles?.Dispose();
        _stop.Dispose();
    }

    private Task StopHelpingAsync() => _tiles?.StopAsync() ?? Task.CompletedTask;

    private void Nudge(SceneId scene) => (_keeper.WorkOf(LeaseKey.Of(scene)) as SceneShift)?.Nudge();
}
