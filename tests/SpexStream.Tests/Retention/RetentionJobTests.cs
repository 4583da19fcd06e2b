using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Retention;
using SpexStream.Domain.Telemetry;
using SpexStream.Pipeline.Retention;
using SpexStream.Tests.Journal;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Retention;

/// <summary>Rounds of retention on real folders, with a journal in memory.</summary>
public sealed class RetentionJobTests : RetentionBench
{
    [Fact]
    public async Task Of_a_published_scene_all_but_its_product_goes_with_time_and_then_nothing_more()
    {
        await PublishTwiceAsync();
        await AcknowledgeAsync();
        Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(
            ["out/.scene@r1.e1." + new string('0', 32), "spool/scene-7-0123456789abcdef.tif", "work/scene",
                "out/scene@r1.e1"],
            (await RoundAsync()).Deletions.Select(deletion => Relative(deletion.Item.Path)));
        Assert.Equal(["scene", "scene@r2.e1", "notes.txt"], Names("out"));
        Assert.Equal(["scene-9-0123456789abcdef.tif"], Names("data/spool"));
        Assert.Equal("scene@r2.e1", new FileInfo(Folder["out/scene"]).LinkTarget);
        var facts = await Journal.ReadAsync(Scene).ToListAsync();
        Assert.Equal(new SceneFact.ProductRemoved(1, "scene@r1.e1"), facts[^1].Fact);

        Clock.Advance(TimeSpan.FromDays(400));
        Assert.Empty((await RoundAsync()).Deletions);
        Assert.NotNull(await Journal.FindAsync(Scene));
        Assert.Empty(Faults);
    }

    [Fact]
    public async Task A_raster_that_is_spooled_for_all_nodes_is_deleted_by_the_one_that_keeps_products()
    {
        const string Raster = "out/.spexstream.spool/scene-7-0123456789abcdef.tif";
        await PublishTwiceAsync();
        await AcknowledgeAsync();
        Write(Raster);
        Clock.Advance(TimeSpan.FromHours(25));
        KeepsProducts = false;
        await RoundAsync();
        Assert.True(File.Exists(Folder[Raster]));
        KeepsProducts = true;
        await RoundAsync();
        Assert.False(File.Exists(Folder[Raster]));
    }

    [Fact]
    public async Task A_scene_whose_product_is_gone_is_forgotten_when_its_time_has_come()
    {
        await PublishTwiceAsync();
        await AcknowledgeAsync();
        File.Delete(Folder["data/spool/scene-9-0123456789abcdef.tif"]);
        Clock.Advance(TimeSpan.FromDays(29));
        var rules = new RetentionRules { ProductAge = TimeSpan.FromDays(2), KeepFreeBytes = 0 };
        await RoundAsync(rules);
        Assert.Equal(["notes.txt"], Names("out"));
        Assert.NotNull(await Journal.FindAsync(Scene));
        Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(RetentionClass.Facts, Assert.Single((await RoundAsync(rules)).Deletions).Item.Class);
        Assert.Null(await Journal.FindAsync(Scene));
    }

    [Fact]
    public async Task Nothing_goes_while_a_message_waits_the_scene_is_held_by_others_or_it_was_worked_on_meanwhile()
    {
        var writer = await PublishTwiceAsync();
        Clock.Advance(TimeSpan.FromHours(25));
        Assert.Empty((await RoundAsync()).Deletions.Where(deletion => deletion.Item.Class != RetentionClass.Orphan));
        await AcknowledgeAsync();

        Open.Add(Scene);
        Assert.Empty((await RoundAsync()).Deletions);
        Open.Clear();

        var plan = await PlanAsync();
        await writer.AppendAsync(new(Clock.GetUtcNow(), new SceneFact.SceneReopened(3, "late")));
        await writer.AppendAsync(new(Clock.GetUtcNow(), Published(3)));
        Assert.NotEmpty(plan.Deletions);
        await Sweep().CarryOutAsync(plan, done => Assert.Fail(done.Item.Path), (_, _) => { }, CancellationToken.None);
        Assert.True(Directory.Exists(Folder["data/work/scene"]));
    }

    [Fact]
    public async Task A_withdrawn_product_goes_with_the_name_of_its_scene()
    {
        var writer = await PublishTwiceAsync();
        await writer.AppendAsync(new(Noon, new SceneFact.SceneRetracted(2, "wrong")));
        await AcknowledgeAsync();
        Clock.Advance(TimeSpan.FromHours(25));
        await RoundAsync();
        Assert.Equal(["notes.txt"], Names("out"));
    }

    [Fact]
    public async Task Files_that_the_journal_does_not_know_stay()
    {
        string[] paths =
        [
            "out/lost@r1.e9/a.tif", $"out/.lost@r1.e9.{new string('0', 32)}/a.tif", $"out/.lost.{new string('0', 32)}",
            "data/work/lost/tiles.log", "data/spool/lost-1-0123456789abcdef.tif", "data/spool/x",
            // Of a scene that it knows, by an epoch that it never gave out.
            "out/scene@r1.e9/a.tif", $"out/.scene@r3.e9.{new string('0', 32)}/a.tif",
        ];
        await AcknowledgedAsync();
        foreach (var path in paths)
        {
            Write(path);
        }

        Clock.Advance(TimeSpan.FromDays(4000));
        var plan = await RoundAsync(new RetentionRules
        {
            KeepFreeBytes = long.MaxValue,
            ProductAge = TimeSpan.FromHours(1),
            ProductsMakeRoom = true,
        });
        Assert.Empty(plan.Deletions);
        Assert.Equal(8, plan.Stays.Length);
        Assert.All(plan.Stays, stay => Assert.Equal(RetentionHold.Unknown, stay.Hold));
    }

    [Fact]
    public async Task Attempts_of_the_scenes_own_writers_go()
    {
        await PublishTwiceAsync();
        await AcknowledgeAsync();
        Write($"out/.scene.{new string('0', 32)}");
        Write("out/scene@r3.e1/half.tif");
        Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(3, (await RoundAsync()).Deletions.Count(deletion => deletion.Item.Class == RetentionClass.Orphan));
        Assert.Equal(["scene", "scene@r1.e1", "scene@r2.e1", "notes.txt"], Names("out"));
    }

    [Fact]
    public async Task A_round_that_fails_is_told_and_the_next_one_works()
    {
        using var stop = new CancellationTokenSource();
        var told = new TaskCompletionSource<string>();
        var survey = new RetentionSurvey(Journal, Places);
        await Journal.DisposeAsync();
        var job = new RetentionJob(survey, Sweep(), Places, new RetentionRules(), Meter, Clock)
        {
            OnFault = reason => told.TrySetResult(reason),
        };
        var running = job.RunAsync(TimeSpan.FromMinutes(10), stop.Token);
        job.Call();
        Assert.NotEmpty(await told.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.False(running.IsCompleted);
        await stop.CancelAsync();
        await running;
    }
}
