using System.Collections.Immutable;
using System.Security.Cryptography;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Sharing;

/// <summary>
/// What any node can do from an order alone: lays the scene out from the facts in the journal, looks whether the answer
/// would rest on what the owner sees, and makes the job. Knows nothing of who hands orders out. Safe for use from
/// several threads.
/// </summary>
/// <param name="context">What all scenes of the process share.</param>
internal sealed class TileBench(SceneRunContext context) : IDisposable
{
    private const int MostIdle = 4;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<SceneId, GuestScene> _scenes = [];
    private readonly HashSet<GuestScene> _outdated = [];

    private IEnumerable<KeyValuePair<SceneId, GuestScene>> Idle => _scenes.Where(known => known.Value.Uses == 0);

    /// <summary>Makes the job of an order. Its scene is kept until <see cref="LeaveAsync"/>.</summary>
    /// <param name="order">The order.</param>
    /// <param name="surveys">The surveys that its findings follow from.</param>
    /// <param name="mailbox">Told the outcome.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TileRefusedException">The answer would not be the one that the owner waits for.</exception>
    public async Task<(ITileJob Job, GuestScene Scene)> PrepareAsync(
        TileOrder order, ImmutableArray<byte> surveys, ISceneMailbox mailbox, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var key = Convert.ToHexString(SHA256.HashData(surveys.AsSpan()));
            if (_scenes.TryGetValue(order.Scene, out var known) && TryJob(known) is { } job)
            {
                return (job, known);
            }

            // More may have been written since: it is laid out anew, and who works on the old one ends with it.
            var scene = await ReadAsync(order.Scene, cancellation);
            Replace(order.Scene, scene);
            return (TryJob(scene) ?? throw new TileRefusedException(
                "this node sees other strips, rules or settings than the scene's owner", isOfAllOrders: false), scene);

            ITileJob? TryJob(GuestScene guest)
            {
                if (order.Tile.Column >= guest.Grid.Columns || order.Tile.Row >= guest.Grid.Rows
                    || order.Stage.Pass != guest.Workshop.Backend.PassCount)
                {
                    return null;
                }

                var findings = guest.Conclude(key, surveys);
                if (guest.Workshop.Basis(order.Tile, guest.Grid, findings) != order.Number)
                {
                    return null;
                }

                var made = guest.Workshop.NewJob(
                    order.Stage, order.Tile, guest.Grid, findings, mailbox, reserve: null);
                guest.Uses++;
                return made;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A job is done.</summary>
    public async Task LeaveAsync(GuestScene scene)
    {
        await _turn.WaitAsync();
        try
        {
            scene.Uses--;
            scene.LeftAt = context.Time.GetTimestamp();
            if (scene.Uses == 0 && _outdated.Remove(scene))
            {
                scene.Dispose();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Forgets scenes that nobody comes back to, until cancelled: a model that they have on lease can only
    /// make room for its successor when they are gone.</summary>
    /// <param name="idle">How long nobody has worked on them.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task TidyAsync(TimeSpan idle, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(idle, context.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                await ForgetAsync(idle, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The node ends; the rest goes with this.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var scene in _scenes.Values.Concat(_outdated))
        {
            scene.Dispose();
        }

        _turn.Dispose();
    }

    private async Task<GuestScene> ReadAsync(SceneId scene, CancellationToken cancellation)
    {
        var facts = await context.Journal.ReadAsync(scene, cancellation: cancellation).ToListAsync(cancellation);
        if (SceneHistory.Of(facts, context.Layout) is not { } history)
        {
            throw new TileRefusedException("the journal does not know its scene", isOfAllOrders: false);
        }

        var lease = Lease(history);
        try
        {
            return LayOut(history, lease);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private GuestScene LayOut(SceneHistory history, BackendLease lease)
    {
        var layout = context.Layout(history.Scene, history.Terms.Under(lease.Backend));
        history = history with { State = history.State with { Layout = layout } };
        var workshop = new SceneWorkshop(
            history.Scene, context.Options, lease.Backend, context.Cache, context.ModelTiles)
        {
            Model = lease.Model,
            IsGuest = true,
        };
        new StripBook(history.Scene.Id).Recall(history, workshop);
        return new(workshop, history.State.Grid, lease) { LeftAt = context.Time.GetTimestamp() };
    }

    private BackendLease Lease(SceneHistory history)
    {
        try
        {
            return context.Backends.Lease(history.Scene);
        }
        catch (ArgumentException unusable)
        {
            throw new TileRefusedException(unusable.Message, isOfAllOrders: false);
        }
    }

    private void Replace(SceneId id, GuestScene scene)
    {
        if (_scenes.Remove(id, out var old))
        {
            PutAway(old);
        }

        Forget(Idle.OrderBy(known => known.Value.LeftAt).SkipLast(MostIdle - 1));
        _scenes[id] = scene;
    }

    private async Task ForgetAsync(TimeSpan idle, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            Forget(Idle.Where(known => context.Time.GetElapsedTime(known.Value.LeftAt) >= idle));
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Forget(IEnumerable<KeyValuePair<SceneId, GuestScene>> idle)
    {
        foreach (var (id, guest) in idle.ToArray())
        {
            _scenes.Remove(id);
            guest.Dispose();
        }
    }

    private void PutAway(GuestScene scene)
    {
        if (scene.Uses > 0)
        {
            _outdated.Add(scene);
        }
        else
        {
            scene.Dispose();
        }
    }
}
