using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;

namespace SpexStream.Actors.Scenes;

/// <summary>Asks the region of this node again and again which shards it has, for a gauge that must not wait.</summary>
internal sealed class ShardCountActor : ReceiveActor, IWithTimers
{
    private readonly IActorRef _region;
    private readonly TimeSpan _every;

    public ShardCountActor(IActorRef region, ShardCount count, TimeSpan every)
    {
        (_region, _every) = (region, every);
        Receive<Tick>(_ => _region.Tell(GetShardRegionStats.Instance));
        // One that does not answer in time is there all the same.
        Receive<ShardRegionStats>(stats => count.Value = stats.Stats.Count + stats.Failed.Count);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Counts the shards of a region.</summary>
    /// <param name="region">The region of this node.</param>
    /// <param name="count">Takes their number.</param>
    /// <param name="every">How often.</param>
    public static Props Props(IActorRef region, ShardCount count, TimeSpan every) =>
        Akka.Actor.Props.Create(() => new ShardCountActor(region, count, every));

    protected override void PreStart() =>
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, TimeSpan.Zero, _every);

    private sealed class Tick : INoSerializationVerificationNeeded, IDeadLetterSuppression, INotInfluenceReceiveTimeout
    {
        public static readonly Tick Instance = new();
    }
}
