using System.Net;
using System.Net.Sockets;
using Akka.Cluster;
using Microsoft.Extensions.Logging.Abstractions;
using SpexStream.Actors;
using SpexStream.Actors.Scenes;
using SpexStream.Daemon.Actors;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;
using SpexStream.Tests.Journal;
using SpexStream.Tests.Pipeline;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Actors;

/// <summary>Three nodes in this process, with one journal and one folder of products between them.</summary>
public sealed class ThreeNodesSpecs(StripFiles files) : IClassFixture<StripFiles>, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly ProcessingOptions Small = new() { TileSize = 256, Classes = [LandCoverClass.Water] };
    private static readonly string[] Scenes = ["one", "two", "three", "four", "five", "six"];
    private readonly TemporaryFolder _folder = new();
    private readonly MemoryStore _store = new();
    private readonly List<Workbench> _nodes = [];
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _expected = [];

    public async Task InitializeAsync()
    {
        await using (var alone = new Workbench(RuntimeKind.Local, Small))
        {
            await alone.Runtime.DeliverAsync(files.Delivery(MadeImagery.SixBands, 1, 0), CancellationToken.None);
            _expected = Workbench.Pixels(await alone.Events.ClosedAsync("made"), "water.tif");
        }

        var ports = FreePorts(3);
        foreach (var port in ports)
        {
            _nodes.Add(new Workbench(
                Small, (options, works) => AkkaRuntimeFactory.Create(
                    options, works, new() { Port = port, Seeds = [.. ports[..2].Select(seed => $"127.0.0.1:{seed}")] },
                    NullLoggerFactory.Instance, reason => _ended.TrySetResult(reason)),
                1, journal: new MemoryJournal(_store), change: o => o with { OutputRoot = _folder["out"] }));
        }

        await ComesAsync(() => _nodes.All(node => node.Figures.Trouble is null));
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Strips_find_their_scene_from_any_node_and_a_scene_that_loses_its_node_goes_on_elsewhere()
    {
        await EachAsync(0);
        Assert.Equal(Scenes.Length, _nodes.Sum(node => node.Figures.OpenScenes));
        // Every shard lives on one node, and there are no more than there are.
        await ComesAsync(() => _nodes.Sum(node => node.Figures.Shards) is > 0 and <= SceneMessageExtractor.Shards);
        var loser = _nodes.MaxBy(node => node.Figures.OpenScenes)!;
        var others = _nodes.Where(node => node != loser).ToArray();

        // Thrown out, as after a split: it ends by itself and says why, and what it had is at work elsewhere.
        var address = Cluster.Get(SystemOf(loser)).SelfAddress;
        Cluster.Get(SystemOf(others[0])).Down(address);
        Assert.Equal("this node was thrown out of the cluster", await _ended.Task.WaitAsync(Patience));
        Assert.NotNull(loser.Figures.Trouble);
        await ComesAsync(() => others.Sum(node => node.Figures.OpenScenes) == Scenes.Length);

        // What it is still brought is neither taken nor refused: it belongs to the others.
        using var told = new CancellationTokenSource();
        var kept = loser.Runtime.DeliverAsync(
            files.Delivery(MadeImagery.SixBands, 3, 1, Scenes[0]), told.Token).AsTask();

        _nodes.Remove(loser);
        await EachAsync(1);
        // A node that leaves because it was asked to hands its scenes over.
        await _nodes[0].DisposeAsync();
        _nodes.RemoveAt(0);
        await EachAsync(2);
        foreach (var scene in Scenes)
        {
            var outcome = await ClosedAsync(scene, loser, others);
            Assert.Equal((1, 100.0), (outcome.Revision, outcome.CompletenessPercent));
            Assert.Equal(_expected, Workbench.Pixels(outcome, "water.tif"));
            var facts = _store.Find(SceneId.Parse(scene))!.Facts;
            Assert.Single(facts, fact => fact.Fact is SceneFact.ScenePublished);
            Assert.Equal(3, facts.Count(fact => fact.Fact is SceneFact.StripAccepted));
            Assert.Equal(facts.Select(fact => fact.Epoch).Order(), facts.Select(fact => fact.Epoch));
        }

        Assert.False(kept.IsCompleted);
        await told.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => kept);
        await loser.DisposeAsync();
    }

    private static async Task<SceneOutcome> ClosedAsync(string scene, Workbench loser, Workbench[] others)
    {
        var closed = await Task.WhenAny(others.Append(loser).Select(node => node.Events.ClosedAsync(scene)));
        return await closed;
    }

    private static Akka.Actor.ActorSystem SystemOf(Workbench node) => ((AkkaRuntime)node.Runtime).System!;

    // Each from the next node, and twice: what comes again is known.
    private async Task EachAsync(int strip)
    {
        for (var i = 0; i < Scenes.Length; i++)
        {
            var delivery = files.Delivery(MadeImagery.SixBands, 3, strip, Scenes[i]);
            var first = await DeliverAsync(i, delivery);
            Assert.IsType<DeliveryOutcome.Accepted>(first);
            Assert.IsType<DeliveryOutcome.Duplicate>(await DeliverAsync(i + 1, delivery));
        }
    }

    private Task<DeliveryOutcome> DeliverAsync(int node, StripDelivery delivery) =>
        _nodes[node % _nodes.Count].Runtime.DeliverAsync(delivery, CancellationToken.None).AsTask().WaitAsync(Patience);

    private static Task ComesAsync(Func<bool> holds) =>
        Task.Run(() => Assert.True(SpinWait.SpinUntil(holds, Patience)));

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        Array.ForEach(listeners, listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        Array.ForEach(listeners, listener => listener.Stop());
        return ports;
    }
}
