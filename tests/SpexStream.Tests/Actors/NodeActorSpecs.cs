using Akka.Actor;
using SpexStream.Actors.Devices;
using SpexStream.Actors.Nodes;
using Xunit;

namespace SpexStream.Tests.Actors;

/// <summary>The parts of a node that others of its parts count on.</summary>
public sealed class NodeActorSpecs : ActorSpec
{
    private readonly TaskCompletionSource<Exception> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Theory]
    [InlineData("tiles")]
    [InlineData("devices")]
    public async Task A_part_that_breaks_ends_the_node_and_nobody_waits_for_the_devices_any_more(string part)
    {
        var node = Start(Props.Create(() => new Breaking()), _ => Props.Create(() => new Breaking()));
        await node.Ask<ActorIdentity>(new Identify(part), RemainingOrDefault);
        var broken = await Sys.ActorSelection(node.Path / part).ResolveOne(RemainingOrDefault);
        Watch(broken);
        broken.Tell(new Break());
        Assert.Equal("it broke", (await _ended.Task.WaitAsync(RemainingOrDefault)).Message);
        // It is not made anew: what it knew is lost.
        await ExpectTerminatedAsync(broken);
        node.Tell(StopDevices.Instance);
        await ExpectMsgAsync<DevicesStopped>();
    }

    [Fact]
    public async Task The_devices_get_who_hands_tiles_out_and_are_told_to_stop()
    {
        var devices = CreateTestProbe();
        IActorRef? tiles = null;
        var node = Start(Props.Create(() => new Breaking()), given =>
        {
            tiles = given;
            return Props.Create(() => new Passing(devices));
        });
        node.Tell(StopDevices.Instance);
        await devices.ExpectMsgAsync<StopDevices>();
        Assert.Equal("tiles", tiles!.Path.Name);
        Assert.False(_ended.Task.IsCompleted);
    }

    private IActorRef Start(Props tiles, Func<IActorRef, Props> devices) =>
        Sys.ActorOf(NodeActor.Props(tiles, devices, fault => _ended.TrySetResult(fault)));

    private sealed record Break : INoSerializationVerificationNeeded;

    private sealed class Breaking : ReceiveActor
    {
        public Breaking() => Receive<Break>(_ => throw new InvalidOperationException("it broke"));
    }

    private sealed class Passing : ReceiveActor
    {
        public Passing(IActorRef to) => ReceiveAny(to.Forward);
    }
}
