using Akka.Actor;
using SpexStream.Actors.Tiles;
using SpexStream.Domain.Ports.Pipeline;
using Xunit;

namespace SpexStream.Tests.Actors;

/// <summary>Who gets which tile.</summary>
public sealed class TileDispatcherSpecs : ActorSpec
{
    private readonly OfferedTiles _tiles = new(8);

    [Fact]
    public async Task A_device_gets_one_tile_for_each_credit_the_most_urgent_first()
    {
        var device = CreateTestProbe();
        var dispatcher = Sys.ActorOf(TileDispatcherActor.Props(_tiles));
        Assert.All([1, 9, 5], priority => Assert.True(_tiles.TryOffer(new Job { Priority = priority })));
        foreach (var expected in new[] { 9, 5, 1 })
        {
            dispatcher.Tell(new WorkWanted("cpu:0"), device);
            var loan = await device.ExpectMsgAsync<TileLoan>();
            Assert.Equal(expected, loan.Job.Priority);
            Assert.True(loan.TryBegin());
            await device.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        }

        dispatcher.Tell(new WorkWanted("cpu:0"), device);
        await device.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        // The credit stands: the next tile goes to it.
        Assert.True(_tiles.TryOffer(new Job { Priority = 3 }));
        Assert.Equal(3, (await device.ExpectMsgAsync<TileLoan>()).Job.Priority);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_tile_of_a_device_that_dies_goes_to_another_one_unless_it_was_begun(bool isBegun)
    {
        var (first, second) = (CreateTestProbe(), CreateTestProbe());
        var dispatcher = Sys.ActorOf(TileDispatcherActor.Props(_tiles));
        _tiles.TryOffer(new Job { Priority = 7 });
        dispatcher.Tell(new WorkWanted("cpu:0"), first);
        var loan = await first.ExpectMsgAsync<TileLoan>();
        Assert.True(!isBegun || loan.TryBegin());
        dispatcher.Tell(new WorkWanted("cpu:1"), second);
        Sys.Stop(first);
        if (isBegun)
        {
            await second.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(200));
            return;
        }

        Assert.Same(loan.Job, (await second.ExpectMsgAsync<TileLoan>()).Job);
        Assert.False(loan.TryBegin());
    }

    private sealed class Job : ITileJob
    {
        public DateTimeOffset Deadline => DateTimeOffset.MaxValue;

        public int Priority { get; init; }

        public bool IsUnwanted => false;

        public void Fail(Exception fault) => throw new NotSupportedException("Nothing fails here.", fault);
    }
}
