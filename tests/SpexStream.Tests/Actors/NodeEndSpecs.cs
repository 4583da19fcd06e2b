using Akka.Actor;
using Akka.Cluster;
using Microsoft.Extensions.Logging.Abstractions;
using SpexStream.Actors;
using SpexStream.Actors.Tiles;
using SpexStream.Domain.Ports.Pipeline;
using Xunit;

namespace SpexStream.Tests.Actors;

/// <summary>The end of a node whose device hangs in a read.</summary>
public sealed class NodeEndSpecs : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _hangs = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _comesBack = new();
    private readonly OfferedTiles _tiles = new(8);
    private readonly AkkaRuntime _runtime;
    private Action _giveUp = () => { };

    public NodeEndSpecs()
    {
        var works = new ScriptedWorks
        {
            Devices = ["cpu:0"],
            OnOpenBench = (device, onGivenUp) =>
            {
                _giveUp = onGivenUp;
                return new HangingBench(device, _hangs, _comesBack);
            },
        };
        _runtime = new AkkaRuntime(
            new AkkaRuntimeOptions { OnEnded = reason => _ended.TrySetResult(reason) }, works, _tiles,
            NullLoggerFactory.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _comesBack.Set();
        await _runtime.DisposeAsync();
    }

    [Fact]
    public async Task A_node_that_is_thrown_out_says_so_although_its_device_never_comes_back()
    {
        await HangAsync();
        _ = CoordinatedShutdown.Get(_runtime.System!).Run(CoordinatedShutdown.ClusterDowningReason.Instance);
        Assert.Equal("this node was thrown out of the cluster", await _ended.Task.WaitAsync(Patience));
        Assert.Equal("this node was thrown out of the cluster", _runtime.Trouble);
    }

    [Fact]
    public async Task A_node_that_is_told_to_leave_says_that()
    {
        await _runtime.RecoverAsync(CancellationToken.None);
        var cluster = Cluster.Get(_runtime.System!);
        cluster.Leave(cluster.SelfAddress);
        Assert.Equal("this node was told to leave the cluster", await _ended.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_node_that_ends_leaves_the_cluster_although_its_device_hangs_and_the_system_never_ends()
    {
        await HangAsync();
        _giveUp();
        await _runtime.DisposeAsync().AsTask().WaitAsync(Patience);
        Assert.True(Cluster.Get(_runtime.System!).IsTerminated);
        Assert.False(_runtime.System!.WhenTerminated.IsCompleted);
        Assert.False(_ended.Task.IsCompleted);
    }

    private async Task HangAsync()
    {
        await _runtime.RecoverAsync(CancellationToken.None);
        await _runtime.Joined.WaitAsync(Patience);
        Assert.True(_tiles.TryOffer(new Job()));
        await _hangs.Task.WaitAsync(Patience);
    }

    private sealed class HangingBench(string device, TaskCompletionSource hangs, ManualResetEventSlim comesBack)
        : IDeviceBench
    {
        public string Device => device;

        public bool IsGivenUp => false;

        public void WaitWhileResting(CancellationToken cancellation)
        {
        }

        public void Run(ITileJob job)
        {
            hangs.TrySetResult();
            comesBack.Wait();
        }

        public void Dispose()
        {
        }
    }

    private sealed class Job : ITileJob
    {
        public DateTimeOffset Deadline => DateTimeOffset.MaxValue;

        public int Priority => 0;

        public bool IsUnwanted => false;

        public void Fail(Exception fault) => throw new NotSupportedException("Nothing fails here.", fault);
    }
}
