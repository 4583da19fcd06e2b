using System.Collections.Immutable;
using Akka.Cluster.Sharding;
using Akka.TestKit.Xunit2;
using SpexStream.Actors.Scenes;
using Xunit;

namespace SpexStream.Tests.Actors;

/// <summary>How many shards of scenes a node has.</summary>
public sealed class ShardCountSpecs : TestKit
{
    [Fact]
    public async Task The_region_is_asked_again_and_again_and_one_that_does_not_answer_counts()
    {
        var (region, count) = (CreateTestProbe(), new ShardCount());
        Sys.ActorOf(ShardCountActor.Props(region, count, TimeSpan.FromMilliseconds(50)));
        await region.ExpectMsgAsync<GetShardRegionStats>();
        Assert.Equal(0, count.Value);
        region.Reply(new ShardRegionStats(
            ImmutableDictionary<string, int>.Empty.Add("1", 3).Add("7", 0), ImmutableHashSet.Create("9")));
        await AwaitAssertAsync(() => Assert.Equal(3, count.Value));
        await region.FishForMessageAsync(message => message is GetShardRegionStats);
        region.Reply(new ShardRegionStats(ImmutableDictionary<string, int>.Empty, ImmutableHashSet<string>.Empty));
        await AwaitAssertAsync(() => Assert.Equal(0, count.Value));
    }
}
