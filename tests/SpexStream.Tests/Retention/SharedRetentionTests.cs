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

/// <summary>Rounds of retention where other nodes have the same scenes.</summary>
public sealed class SharedRetentionTests : RetentionBench
{
    [Fact]
    public async Task A_product_goes_only_behind_its_fact_and_stays_with_who_has_taken_the_scene()
    {
        var rules = new RetentionRules { ProductAge = TimeSpan.FromDays(2), KeepFreeBytes = 0 };
        var early = await PublishTwiceAsync();
        await AcknowledgeAsync();
        Clock.Advance(TimeSpan.FromDays(9));
        var plan = await PlanAsync(rules);
        var other = await Journal.OpenWriterAsync(Scene);

        await Sweep((_, _) => new((ISceneHold?)null)).CarryOutAsync(plan, Done, Fault, CancellationToken.None);
        await Sweep((_, _) => new(new Held(early))).CarryOutAsync(plan, Done, Fault, CancellationToken.None);
        Assert.Equal(["scene", "scene@r1.e1", "scene@r2.e1", "notes.txt"], Names("out").Skip(1));

        var wasThere = false;
        await Sweep((_, _) => new(new Held(other, () => wasThere = Directory.Exists(Folder["out/scene@r2.e1"]))))
            .CarryOutAsync(plan, _ => { }, Fault, CancellationToken.None);
        Assert.True(wasThere);
        Assert.Equal(["notes.txt"], Names("out"));
        Assert.Equal(2, (await FactsAsync()).OfType<SceneFact.ProductRemoved>().Count());

        void Done(RetentionDeletion deletion) => Assert.NotEqual(RetentionClass.Product, deletion.Item.Class);
        void Fault(RetentionDeletion deletion, Exception fault) => Assert.Fail(fault.Message);
    }

    [Fact]
    public async Task A_product_that_will_not_go_is_told_of_once()
    {
        await PublishTwiceAsync();
        await AcknowledgeAsync();
        Clock.Advance(TimeSpan.FromHours(25));
        var facts = (await FactsAsync()).Count;
        for (var round = 0; round < 2; round++)
        {
            // Somebody puts it back, which stands for one that cannot be deleted.
            await RoundAsync();
            Write("out/scene@r1.e1/water.tif");
            Clock.Advance(TimeSpan.FromHours(25));
        }

        Assert.Equal(facts + 1, (await FactsAsync()).Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("scene@r1.e1")]
    [InlineData("scene@r1.e0")]
    public async Task A_name_that_leads_elsewhere_than_the_journal_says_is_mended(string? leads)
    {
        await PublishTwiceAsync();
        File.Delete(Folder["out/scene"]);
        if (leads is not null)
        {
            File.CreateSymbolicLink(Folder["out/scene"], leads);
        }

        await RoundAsync();
        Assert.Equal("scene@r2.e1", new FileInfo(Folder["out/scene"]).LinkTarget);
        Assert.Empty(Faults);
    }

    [Fact]
    public async Task What_nodes_left_for_each_other_goes_when_its_scene_is_closed()
    {
        string[] left =
        [
            "out/.spexstream.tiles/scene/1-2.tile", "out/.spexstream.tiles/open/1-2.tile",
            $"out/.spexstream.tiles/.scene.{new string('0', 32)}/1-2.tile", "out/.spexstream.tiles/lost/1-2.tile",
        ];
        await PublishTwiceAsync();
        var open = await Journal.OpenWriterAsync(SceneId.Parse("open"));
        await open.AppendAsync(new(Noon, SampleFacts.Opened()));
        foreach (var path in left)
        {
            Write(path);
        }

        Clock.Advance(TimeSpan.FromHours(2));
        await RoundAsync();
        Assert.Equal(
            ["lost", "open"],
            Directory.EnumerateDirectories(Folder["out/.spexstream.tiles"]).Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal));
    }

    private sealed class Held(ISceneWriter writer, Action? onWrite = null) : ISceneHold, ISceneWriter
    {
        public ISceneWriter Writer => this;

        public SceneId Scene => writer.Scene;

        public long Epoch => writer.Epoch;

        public long OpenedAfter => writer.OpenedAfter;

        public ValueTask<long> AppendAsync(SceneAppend append, CancellationToken cancellation = default)
        {
            onWrite?.Invoke();
            return writer.AppendAsync(append, cancellation);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
