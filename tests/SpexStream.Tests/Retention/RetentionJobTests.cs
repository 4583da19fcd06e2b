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
public sealed class RetentionJobTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SceneId Scene = SceneId.Parse("scene");
    private readonly TemporaryFolder _folder = new();
    private readonly SpexMeter _meter = new();
    private readonly ManualClock _clock = new(Noon);
    private readonly MemoryJournal _journal = new(new MemoryStore());
    private readonly HashSet<SceneId> _open = [];
    private readonly List<string> _faults = [];
    private bool _keepsProducts = true;

    [Fact]
    public async Task Of_a_published_scene_all_but_its_product_goes_with_time_and_then_nothing_more()
    {
        await PublishTwiceAsync();
        await AcknowledgeAsync();
        _clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(
            ["out/.scene@r1.e1." + new string('0', 32), "spool/scene-7-0123456789abcdef.tif", "work/scene",
                "out/scene@r1.e1"],
            (await RoundAsync()).Deletions.Select(deletion => Relative(deletion.Item.Path)));
        Assert.Equal(["scene", "scene@r2.e1", "notes.txt"], Names("out"));
        Assert.Equal(["scene-9-0123456789abcdef.tif"], Names("data/spool"));
        Assert.Equal("scene@r2.e1", new FileInfo(_folder["out/scene"]).LinkTarget);
        var facts = await _journal.ReadAsync(Scene).ToListAsync();
        Assert.Equal(new SceneFact.ProductRemoved(1, "scene@r1.e1"), facts[^1].Fact);

        _clock.Advance(TimeSpan.FromDays(400));
        Assert.Empty((await RoundAsync()).Deletions);
        Assert.NotNull(await _journal.FindAsync(Scene));
        Assert.Empty(_faults);
    }

    [Fact]
    public async Task A_raster_that_is_spooled_for_all_nodes_is_deleted_by_the_one_that_keeps_products()
    {
        const string Raster = "out/.spexstream.spool/scene-7-0123456789abcdef.tif";
        await PublishTwiceAsync();
        await AcknowledgeAsync();
        Write(Raster);
        _clock.Advance(TimeSpan.FromHours(25));
        _keepsProducts = false;
        await RoundAsync();
        Assert.True(File.Exists(_folder[Raster]));
        _keepsProducts = true;
        await RoundAsync();
        Assert.False(File.Exists(_folder[Raster]));
    }

    [Fact]
    public async Task A_scene_whose_product_is_gone_is_forgotten_when_its_time_has_come()
    {
        await PublishTwiceAsync();
        await AcknowledgeAsync();
        File.Delete(_folder["data/spool/scene-9-0123456789abcdef.tif"]);
        _clock.Advance(TimeSpan.FromDays(29));
        var rules = new RetentionRules { ProductAge = TimeSpan.FromDays(2), KeepFreeBytes = 0 };
        await RoundAsync(rules);
        Assert.Equal(["notes.txt"], Names("out"));
        Assert.NotNull(await _journal.FindAsync(Scene));
        _clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(RetentionClass.Facts, Assert.Single((await RoundAsync(rules)).Deletions).Item.Class);
        Assert.Null(await _journal.FindAsync(Scene));
    }

    [Fact]
    public async Task Nothing_goes_while_a_message_waits_the_scene_is_held_by_others_or_it_was_worked_on_meanwhile()
    {
        var writer = await PublishTwiceAsync();
        _clock.Advance(TimeSpan.FromHours(25));
        Assert.Empty((await RoundAsync()).Deletions.Where(deletion => deletion.Item.Class != RetentionClass.Orphan));
        await AcknowledgeAsync();

        _open.Add(Scene);
        Assert.Empty((await RoundAsync()).Deletions);
        _open.Clear();

        var plan = await PlanAsync();
        await writer.AppendAsync(new(_clock.GetUtcNow(), new SceneFact.SceneReopened(3, "late")));
        await writer.AppendAsync(new(_clock.GetUtcNow(), Published(3)));
        Assert.NotEmpty(plan.Deletions);
        await Sweep().CarryOutAsync(plan, done => Assert.Fail(done.Item.Path), (_, _) => { }, CancellationToken.None);
        Assert.True(Directory.Exists(_folder["data/work/scene"]));
    }

    [Fact]
    public async Task What_nodes_share_stays_while_another_has_its_scene_and_is_held_from_them_while_it_goes()
    {
        await PublishTwiceAsync();
        await AcknowledgeAsync();
        _clock.Advance(TimeSpan.FromHours(25));
        var plan = await PlanAsync();
        await Sweep((_, _) => new((IAsyncDisposable?)null)).CarryOutAsync(
            plan, done => Assert.Equal(RetentionClass.Orphan, done.Item.Class), (_, _) => { }, CancellationToken.None);
        Assert.True(Directory.Exists(_folder["out/scene@r1.e1"]));

        var (held, released) = (0, 0);
        await Sweep((_, _) => new(new Held(() => held++, () => released++))).CarryOutAsync(
            plan, _ => Assert.Equal((1, 0), (held, released)), (_, _) => { }, CancellationToken.None);
        Assert.False(Directory.Exists(_folder["out/scene@r1.e1"]));
        Assert.Equal((1, 1), (held, released));
    }

    [Fact]
    public async Task A_withdrawn_product_goes_with_the_name_of_its_scene()
    {
        var writer = await PublishTwiceAsync();
        await writer.AppendAsync(new(Noon, new SceneFact.SceneRetracted(2, "wrong")));
        await AcknowledgeAsync();
        _clock.Advance(TimeSpan.FromHours(25));
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

        _clock.Advance(TimeSpan.FromDays(4000));
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
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(3, (await RoundAsync()).Deletions.Count(deletion => deletion.Item.Class == RetentionClass.Orphan));
        Assert.Equal(["scene", "scene@r1.e1", "scene@r2.e1", "notes.txt"], Names("out"));
    }

    [Fact]
    public async Task A_round_that_fails_is_told_and_the_next_one_works()
    {
        using var stop = new CancellationTokenSource();
        var told = new TaskCompletionSource<string>();
        var survey = new RetentionSurvey(_journal, Places);
        await _journal.DisposeAsync();
        var job = new RetentionJob(survey, Sweep(), Places, new RetentionRules(), _meter, _clock)
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

    public void Dispose()
    {
        _meter.Dispose();
        _folder.Dispose();
    }

    private RetentionPlaces Places => new(_folder["data"], _folder["out"])
    {
        SharedSpool = _folder["out/.spexstream.spool"],
        KeepsProducts = () => _keepsProducts,
    };

    private RetentionSweep Sweep(
        Func<SceneId, CancellationToken, ValueTask<IAsyncDisposable?>>? elsewhere = null) => new(
        _journal, Places, scene => _open.Contains(scene) ? null : new CancellationTokenSource(), _clock, elsewhere);

    private async Task<RetentionPlan> PlanAsync() => RetentionPlan.Of(
        await new RetentionSurvey(_journal, Places).TakeAsync(new(), _clock.GetUtcNow(), CancellationToken.None), [],
        new(), _clock.GetUtcNow());

    private Task<RetentionPlan> RoundAsync(RetentionRules? rules = null) =>
        new RetentionJob(
            new RetentionSurvey(_journal, Places), Sweep(), Places, rules ?? new RetentionRules { KeepFreeBytes = 0 },
            _meter, _clock)
        {
            OnFault = _faults.Add,
        }.RoundAsync(CancellationToken.None);

    // Strip 7 is in the product; strip 9 lies in the spool and was accepted by nobody yet.
    private async Task<ISceneWriter> PublishTwiceAsync()
    {
        foreach (var path in new[]
        {
            "out/scene@r1.e1/water.tif", "out/scene@r2.e1/water.tif", "out/notes.txt", "data/work/scene/tiles.log",
            "data/spool/scene-7-0123456789abcdef.tif", "data/spool/scene-9-0123456789abcdef.tif",
            $"out/.scene@r1.e1.{new string('0', 32)}/half.tif",
        })
        {
            Write(path);
        }

        File.CreateSymbolicLink(_folder["out/scene"], "scene@r2.e1");
        var writer = await _journal.OpenWriterAsync(Scene);
        var accepted = SampleFacts.Accepted();
        await writer.AppendAsync(new(
            Noon, SampleFacts.Opened(),
            new SceneFact.StripAccepted(accepted.Strip with
            {
                Path = _folder["data/spool/scene-7-0123456789abcdef.tif"] + "@4.5",
            }),
            Published(1)));
        await writer.AppendAsync(new(Noon, new SceneFact.SceneReopened(2, "late"), Published(2))
        {
            Messages = [SampleMessages.Event("closed")],
        });
        return writer;
    }

    private static SceneFact.ScenePublished Published(int revision) =>
        new(new PublishedProduct(revision, 1, $"scene@r{revision}.e1", 4, 100, []));

    // A scene without a product, and nothing to say.
    private async Task AcknowledgedAsync()
    {
        var writer = await _journal.OpenWriterAsync(Scene);
        await writer.AppendAsync(new(
            Noon, SampleFacts.Opened(), new SceneFact.ScenePublished(new(1, 1, "scene@r1.e1", 4, 100, []))));
    }

    private async Task AcknowledgeAsync()
    {
        var entries = await _journal.Outbox.ReadAsync(0, 100, long.MaxValue);
        await _journal.Outbox.DeleteAsync([.. entries.Select(entry => entry.Key)]);
    }

    private void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[path])!);
        File.WriteAllText(_folder[path], "four");
        File.SetLastWriteTimeUtc(_folder[path], Noon.UtcDateTime);
        Directory.SetLastWriteTimeUtc(Path.GetDirectoryName(_folder[path])!, Noon.UtcDateTime);
    }

    private string[] Names(string folder) =>
    [
        .. Directory.EnumerateFileSystemEntries(_folder[folder]).Select(path => Path.GetFileName(path))
            .OrderBy(name => name == "notes.txt").ThenBy(name => name, StringComparer.Ordinal),
    ];

    private string Relative(string path) =>
        Path.GetRelativePath(_folder.Root, path).Replace("data/", "", StringComparison.Ordinal);

    private sealed class Held : IAsyncDisposable
    {
        private readonly Action _release;

        public Held(Action hold, Action release)
        {
            hold();
            _release = release;
        }

        public ValueTask DisposeAsync()
        {
            _release();
            return ValueTask.CompletedTask;
        }
    }
}
