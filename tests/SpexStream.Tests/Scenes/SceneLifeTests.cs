using SpexStream.Domain.Announcements;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Scenes;
using Xunit;

namespace SpexStream.Tests.Scenes;

public sealed class SceneLifeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Strips_in_any_order_classify_every_tile_and_summarise_every_strip_once(int passes)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var (story, strips) = (new SceneStory(Layout(passes)), Cuts(random, 7, 900));
            random.Shuffle(strips);
            foreach (var strip in strips)
            {
                story.Hear(new SceneInput.StripArrived(strip));
                if (random.Next(2) == 0)
                {
                    story.Work();
                }
            }

            story.Work();
            Assert.Equal(ScenePhase.Closed, story.State.Phase);
            Assert.Equal(
                Enumerable.Range(0, 7), story.Of<SceneEffect.SummariseStrip>().Select(s => s.StripIndex).Order());
            Assert.Equal(
                story.State.Grid.All().Order(TilesByRow), story.Classifications().Distinct().Order(TilesByRow));
            var assemble = Assert.Single(story.Of<SceneEffect.Assemble>());
            Assert.Equal((900, 100.0), (assemble.Height, assemble.CompletenessPercent));
            Assert.Equal(
                assemble.CompletenessPercent, Assert.Single(story.Of<SceneEffect.Assemble>()).CompletenessPercent);
        }
    }

    [Fact]
    public void A_tile_runs_as_soon_as_its_rows_and_its_halo_are_there()
    {
        var story = new SceneStory(Layout(0));
        Assert.Empty(Run(story.Strip(0, 0, 256)));
        Assert.Empty(Run(story.Strip(1, 256, 1)));
        Assert.Equal([new(0, 0), new(1, 0)], Run(story.Strip(2, 257, 1)));
    }

    [Fact]
    public void The_halo_ends_where_the_scene_ends()
    {
        var story = new SceneStory(Layout(0) with { Height = 300 });
        Assert.Equal([new(0, 1), new(1, 1)], Run(story.Strip(0, 254, 46)));
    }

    [Fact]
    public void Without_a_height_the_last_row_of_tiles_waits_for_the_end_of_the_pass()
    {
        var story = new SceneStory(Layout(0) with { Height = null, StripCount = null });
        Assert.Equal([new(0, 0), new(1, 0)], Run(story.Strip(0, 0, 400)));
        story.Work();
        var closing = story.Hear(new SceneInput.PassEnded());
        Assert.Equal([new(0, 1), new(1, 1)], Run(closing));
        story.Work();
        Assert.Equal((400, 100.0), (story.State.KnownHeight, story.State.CompletenessPercent));
        Assert.Equal(ScenePhase.Closed, story.State.Phase);
    }

    [Fact]
    public void The_same_strip_again_is_counted_and_nothing_else()
    {
        var story = new SceneStory(Layout(0));
        story.Strip(0, 0, 300, "a");
        var before = story.State;
        Assert.Equal([new SceneEffect.CountDuplicate(0)], story.Strip(0, 0, 300, "a"));
        Assert.Equal(before, story.State);
    }

    [Fact]
    public void A_strip_below_the_last_row_of_the_scene_is_refused()
    {
        var story = new SceneStory(Layout(0));
        story.Strip(0, 0, 300);
        Assert.Equal(
            [new SceneEffect.RefuseStrip(1, LateStrips.BeyondScene)], story.Strip(1, 850, 51));
        Assert.Empty(story.Strip(2, 850, 50).OfType<SceneEffect.RefuseStrip>());
    }

    [Fact]
    public void Absolute_rows_that_lie_too_far_apart_are_refused_and_the_scene_goes_on_without_them()
    {
        var story = new SceneStory(Layout(0) with { Height = null, RowsAreAbsolute = true });
        story.Strip(0, 700_000_000, 300);
        var far = Assert.IsType<SceneEffect.RefuseStrip>(
            Assert.Single(story.Strip(1, 700_000_000 + SceneLimits.MaxRows, 1)));
        Assert.Equal(RejectionReason.TooLarge, far.Rejection.Reason);
        Assert.Contains("4000000 rows", far.Rejection.Sentence, StringComparison.Ordinal);
        Assert.IsType<SceneEffect.RefuseStrip>(
            Assert.Single(story.Strip(2, 700_000_300 - SceneLimits.MaxRows - 1, 300)));
        Assert.Empty(story.Strip(1, 700_000_300, 300).OfType<SceneEffect.RefuseStrip>());
    }

    [Fact]
    public void Missing_strips_are_waited_for_from_the_first_arrival_not_from_the_last()
    {
        var story = new SceneStory(Layout(0));
        var wake = Assert.Single(story.Strip(3, 400, 100).OfType<SceneEffect.WakeAt>());
        Assert.Equal(SceneStory.Dawn + Patience, wake.Time);
        story.Now += Patience - TimeSpan.FromTicks(1);
        Assert.Empty(story.Strip(2, 300, 100).OfType<SceneEffect.WakeAt>());
        Assert.Empty(story.Hear(new SceneInput.Ticked()));
        Assert.Equal(ScenePhase.Gathering, story.State.Phase);

        story.Now = wake.Time;
        story.Hear(new SceneInput.Ticked());
        story.Work();
        Assert.Equal(ScenePhase.Closed, story.State.Phase);
        Assert.Equal([0, 1, 4, 5, 6], story.State.MissingStrips.AsEnumerable());
        Assert.Equal(200.0 / 7, Assert.Single(story.Of<SceneEffect.Assemble>()).CompletenessPercent, 9);
        Assert.Equal([2, 3], story.Of<SceneEffect.SummariseStrip>().Select(s => s.StripIndex));
        Assert.Equal(8, story.Classifications().Distinct().Count());
    }

    [Fact]
    public void An_end_of_the_pass_before_any_strip_changes_nothing()
    {
        var story = new SceneStory(Layout(0));
        Assert.Empty(story.Hear(new SceneInput.PassEnded()));
        story.Now += 2 * Patience;
        Assert.Empty(story.Hear(new SceneInput.Ticked()));
        Assert.Equal(ScenePhase.Gathering, story.State.Phase);
    }

    [Fact]
    public void Only_one_batch_runs_at_a_time_and_each_goes_through_all_passes()
    {
        var story = new SceneStory(Layout(2));
        story.Strip(0, 0, 300);
        story.Strip(1, 300, 300);
        var first = Assert.Single(story.Of<SceneEffect.RunTiles>());
        Assert.Equal(new TileStage(0, 0), first.Stage);
        Assert.Equal(new SceneEffect.Conclude(new(0, 0)), Assert.Single(story.Answer(first)));
        var second = Assert.IsType<SceneEffect.RunTiles>(
            Assert.Single(story.Hear(new SceneInput.StageConcluded(new(0, 0)))));
        Assert.Equal(new TileStage(0, 1), second.Stage);
        story.Answer(second);
        var classify = Assert.IsType<SceneEffect.RunTiles>(
            Assert.Single(story.Hear(new SceneInput.StageConcluded(new(0, 1)))));
        Assert.Equal(new TileStage(0, 2), classify.Stage);
        var after = story.Answer(classify);
        Assert.Equal(new TileStage(1, 0), Assert.Single(after.OfType<SceneEffect.RunTiles>()).Stage);
    }

    [Fact]
    public void Without_passes_over_the_scene_no_batch_waits_for_another()
    {
        var story = new SceneStory(Layout(0));
        story.Strip(0, 0, 300);
        story.Strip(1, 300, 300);
        var runs = story.Of<SceneEffect.RunTiles>().ToArray();
        Assert.Equal([new(0, 0), new(1, 0)], runs.Select(run => run.Stage));
        Assert.Contains(new SceneEffect.SummariseStrip(0), story.Answer(runs[0]).Concat(story.Answer(runs[1])));
        Assert.Empty(story.State.Batches);
    }

    [Fact]
    public void A_tile_that_is_to_be_done_again_waits_for_the_answer_that_it_replaces()
    {
        var story = new SceneStory(Layout(0));
        var first = Assert.IsType<SceneEffect.RunTiles>(Assert.Single(
            story.Strip(0, 0, 300).OfType<SceneEffect.RunTiles>()));
        Assert.Empty(Run(story.Strip(0, 0, 300, "other")));
        // What has nothing to do with it goes on beside.
        Assert.Equal([new(0, 2), new(1, 2)], Run(story.Strip(2, 500, 400)).Where(tile => tile.Row == 2));
        var again = Assert.Single(story.Answer(first).OfType<SceneEffect.RunTiles>());
        Assert.Equal(first.Tiles.AsEnumerable(), again.Tiles);
        Assert.NotEqual(first.Stage, again.Stage);
    }

    [Theory]
    [InlineData(0, 3, false)]
    [InlineData(2, 1, false)]
    [InlineData(2, 3, true)]
    public void All_tiles_are_seen_again_only_with_passes_and_several_batches(int passes, int arrivals, bool again)
    {
        var story = new SceneStory(Layout(passes) with { StripCount = arrivals, Height = 900 });
        for (var i = 0; i < arrivals; i++)
        {
            story.Strip(i, i * 900 / arrivals, 900 / arrivals);
            story.Work();
        }

        Assert.Equal(ScenePhase.Closed, story.State.Phase);
        var final = story.Of<SceneEffect.RunTiles>().Where(run => run.Stage.Batch == TileStage.FinalBatch).ToList();
        Assert.Equal(again, final.Count > 0);
        if (again)
        {
            // The first survey is the sum of the batches'; only the later ones and the classification run anew.
            Assert.Equal([1, 2], final.Select(run => run.Stage.Pass));
            Assert.All(final, run => Assert.Equal(8, run.Tiles.Length));
            Assert.Contains(new SceneEffect.Conclude(new(TileStage.FinalBatch, 0)), story.Effects);
        }
    }

    [Fact]
    public void Answers_of_old_stages_and_second_answers_change_nothing()
    {
        var story = new SceneStory(Layout(1));
        story.Strip(0, 0, 300);
        var survey = Assert.Single(story.Of<SceneEffect.RunTiles>());
        story.Hear(new SceneInput.TileDone(survey.Stage, survey.Tiles[0]));
        var half = story.State;
        Assert.Empty(story.Hear(new SceneInput.TileDone(survey.Stage, survey.Tiles[0])));
        Assert.Empty(story.Hear(new SceneInput.TileDone(new(5, 0), survey.Tiles[1])));
        Assert.Empty(story.Hear(new SceneInput.TileDone(survey.Stage, new(7, 7))));
        Assert.Empty(story.Hear(new SceneInput.ProductsAssembled()));
        Assert.Empty(story.Hear(new SceneInput.StageConcluded(new(3, 0))));
        Assert.Same(half, story.State);

        story.Hear(new SceneInput.TileDone(survey.Stage, survey.Tiles[1]));
        story.Hear(new SceneInput.StageConcluded(survey.Stage));
        Assert.Empty(story.Hear(new SceneInput.TileDone(survey.Stage, survey.Tiles[0])));
        Assert.Empty(story.Hear(new SceneInput.StageConcluded(survey.Stage)));
    }

    private static SceneLayout Layout(int passes) => new(500, 900, 7, 256, 2, passes, Patience);

    private static Comparer<TileIndex> TilesByRow { get; } =
        Comparer<TileIndex>.Create((a, b) => (a.Row, a.Column).CompareTo((b.Row, b.Column)));

    private static TileIndex[] Run(IEnumerable<SceneEffect> effects) =>
        [.. effects.OfType<SceneEffect.RunTiles>().SelectMany(run => run.Tiles)];

    private static StripEntry[] Cuts(Random random, int count, int height)
    {
        int[] edges = [0, .. Enumerable.Range(1, height - 1).OrderBy(_ => random.Next()).Take(count - 1).Order(),
            height];
        return [.. Enumerable.Range(0, count).Select(
            i => new StripEntry(i, edges[i], edges[i + 1] - edges[i], $"strip {i}"))];
    }
}
