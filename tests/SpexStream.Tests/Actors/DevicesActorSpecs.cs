using System.Collections.Concurrent;
using Akka.Actor;
using SpexStream.Actors.Devices;
using SpexStream.Actors.Tiles;
using SpexStream.Domain.Ports.Pipeline;
using Xunit;

namespace SpexStream.Tests.Actors;

/// <summary>The actors of a node's devices, and who takes the place of one that hangs.</summary>
public sealed class DevicesActorSpecs : ActorSpec
{
    private readonly ConcurrentQueue<Action> _giveUp = new();
    private readonly DeviceBoard _board = new();

    [Fact]
    public async Task A_device_that_hangs_is_replaced_once_and_then_out_of_service_and_nobody_waits_for_it()
    {
        var tiles = CreateTestProbe();
        var works = new ScriptedWorks
        {
            Devices = ["cpu:0"],
            OnOpenBench = (device, onGivenUp) =>
            {
                _giveUp.Enqueue(onGivenUp);
                return new IdleBench(device);
            },
        };
        var devices = Sys.ActorOf(DevicesActor.Props(works, tiles, _board, TimeSpan.FromHours(1)));
        await tiles.ExpectMsgAsync<WorkWanted>();
        var first = tiles.LastSender;
        Assert.Empty(_board.Out);

        _giveUp.First()();
        await tiles.ExpectMsgAsync<WorkWanted>();
        Assert.NotEqual(first, tiles.LastSender);
        await AwaitAssertAsync(() => Assert.Equal(1, _board.Hung));

        // One more than may hang: it is not replaced, and readiness says so.
        _giveUp.Last()();
        await AwaitAssertAsync(() => Assert.Equal(["cpu:0"], _board.Out.AsEnumerable()));
        Assert.Equal(2, _giveUp.Count);
        devices.Tell(StopDevices.Instance);
        await ExpectMsgAsync<DevicesStopped>();

        // The first comes back.
        Sys.Stop(first);
        await AwaitAssertAsync(() => Assert.Equal(1, _board.Hung));
    }

    private sealed class IdleBench(string device) : IDeviceBench
    {
        public string Device => device;

        public bool IsGivenUp => false;

        public void WaitWhileResting(CancellationToken cancellation)
        {
        }

        public void Run(ITileJob job)
        {
        }

        public void Dispose()
        {
        }
    }
}
