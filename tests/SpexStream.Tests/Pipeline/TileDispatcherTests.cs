using SpexStream.Pipeline.Work;
using Xunit;

namespace SpexStream.Tests.Pipeline;

public sealed class TileDispatcherTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_earliest_deadline_goes_first_then_the_higher_priority_then_who_came_first()
    {
        using var dispatcher = new TileDispatcher(16);
        var (late, soon) = (Noon.AddMinutes(9), Noon.AddMinutes(1));
        Job[] jobs =
        [
            new("undated", null, 9), new("late, urgent", late, 9), new("soon, idle", soon, 0),
            new("soon, urgent", soon, 7),
            new("soon, urgent, second", soon, 7), new("late", late, 5), new("undated, idle", null, 0),
        ];
        Assert.All(jobs, job => Assert.True(dispatcher.TryOffer(job)));
        Assert.Equal(
            ["soon, urgent", "soon, urgent, second", "soon, idle", "late, urgent", "late", "undated", "undated, idle"],
            jobs.Select(_ => ((Job)dispatcher.Take(CancellationToken.None)).Name));
    }

    [Fact]
    public void A_full_queue_takes_no_more_until_a_tile_is_taken()
    {
        using var dispatcher = new TileDispatcher(2);
        Assert.True(dispatcher.TryOffer(new Job("a", null, 0)));
        Assert.True(dispatcher.TryOffer(new Job("b", null, 0)));
        Assert.False(dispatcher.TryOffer(new Job("c", null, 0)));
        Assert.Equal(2, dispatcher.Depth);
        dispatcher.Take(CancellationToken.None);
        Assert.True(dispatcher.TryOffer(new Job("c", null, 0)));
    }

    [Fact]
    public void Waiting_for_a_tile_ends_when_the_worker_shall_stop()
    {
        using var dispatcher = new TileDispatcher(2);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => dispatcher.Take(stop.Token));
    }

    [Fact]
    public void Tiles_that_nobody_wants_any_more_leave_their_room_and_are_never_handed_out()
    {
        using var dispatcher = new TileDispatcher(3);
        Job[] jobs = [new("dead", null, 9), new("alive", null, 5), new("dead too", null, 1)];
        Assert.All(jobs, job => Assert.True(dispatcher.TryOffer(job)));
        jobs[0].Unwanted = jobs[2].Unwanted = true;
        dispatcher.DropUnwanted();
        Assert.Equal(1, dispatcher.Depth);
        dispatcher.TakeBack(jobs[0]);
        Assert.True(dispatcher.TryOffer(jobs[2]));
        Assert.True(dispatcher.TryOffer(new Job("late", null, 0)));

        Assert.Equal("alive", ((Job)dispatcher.Take(CancellationToken.None)).Name);
        Assert.Equal("late", ((Job)dispatcher.Take(CancellationToken.None)).Name);
        Assert.Equal(0, dispatcher.Depth);
    }

    [Fact]
    public async Task A_worker_that_waits_while_tiles_are_dropped_gets_the_next_one()
    {
        using var dispatcher = new TileDispatcher(100);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        for (var round = 0; round < 1000; round++)
        {
            var dead = new Job("dead", null, 0);
            dispatcher.TryOffer(dead);
            dead.Unwanted = true;
            var taken = Task.Run(() => dispatcher.Take(stop.Token));
            dispatcher.DropUnwanted();
            dispatcher.TryOffer(new Job("alive", null, 0));
            Assert.Equal("alive", ((Job)await taken).Name);
        }
    }

    private sealed class Job : TileJob
    {
        public Job(string name, DateTimeOffset? deadline, int priority)
        {
            Name = name;
            Deadline = deadline ?? DateTimeOffset.MaxValue;
            Priority = priority;
        }

        public string Name { get; }

        public bool Unwanted { get; set; }

        public override bool IsUnwanted => Unwanted;

        public override string Stage => "test";

        public override void Run(WorkerScratch scratch) => throw new NotSupportedException();

        public override void Fail(Exception fault) => throw new NotSupportedException();
    }
}
