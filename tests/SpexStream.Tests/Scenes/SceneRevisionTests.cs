using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Scenes;
using Xunit;
using Xunit.Abstractions;
using ScenePhase = SpexStream.Domain.Scenes.ScenePhase;

namespace SpexStream.Tests.Scenes;

public sealed class SceneRevisionTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    [Theory]
    [InlineData(0, true)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    public void However_strips_come_change_and_the_process_dies_the_last_product_is_that_of_the_last_contents(
        int passes, bool hasHeight)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            output.WriteLine($"seed {seed}");
            var random = new Random(seed);
            var play = new ScenePlay(Layout(passes) with { Height = hasHeight ? 900 : null }, random);
            var contents = new string[6];
            int[] order =
                [.. Enumerable.Range(0, 6).Concat(Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(6)))];
            random.Shuffle(order);
            foreach (var index in order)
            {
                // The same again, or other content.
                contents[index] = contents[index] is { } known && random.Next(2) == 0
                    ? known
                    : $"{(char)('a' + random.Next(20))}";
                play.Strip(index, index * 150, 150, contents[index]);
                play.Work(random.Next(12));
                if (random.Next(3) == 0)
                {
                    play.Crash();
                }
            }

            while (play.State.Phase != ScenePhase.Closed)
            {
                play.WorkAll();
                play.Wait();
            }

            Assert.Equal(
                string.Join(' ', contents.Select((content, index) => $"{index}{content}")), play.Published[^1]);
            Assert.Equal(play.Published.Count, play.State.PublishedRevision);
        }
    }

    [Fact]
    public void A_late_strip_makes_a_second_revision_and_only_the_tiles_that_it_touches_are_done_again()
    {
        var play = new ScenePlay(Layout(0), new Random(1));
        foreach (var index in new[] { 0, 1, 3, 4, 5 })
        {
            play.Strip(index, index * 150, 150, "a");
        }

        play.WorkAll();
        play.Wait();
        play.WorkAll();
        Assert.Equal((1, 500.0 / 6), (play.State.PublishedRevision, play.State.CompletenessPercent));
        var before = play.Classified;
        play.Strip(2, 300, 150, "a");
        play.WorkAll();
        Assert.Equal((2, 100.0), (play.State.PublishedRevision, play.State.CompletenessPercent));
        // Rows 300 to 449 lie in the second row of tiles alone; the scene is two tiles wide.
        Assert.Equal(before + 2, play.Classified);
        Assert.Equal(["0a 1a 3a 4a 5a", "0a 1a 2a 3a 4a 5a"], play.Published);
    }

    [Fact]
    public void Strips_that_come_late_together_share_a_revision()
    {
        var play = new ScenePlay(Layout(0), new Random(1));
        play.Strip(0, 0, 150, "a");
        play.Wait();
        play.WorkAll();
        play.Strip(1, 150, 150, "a");
        play.Strip(2, 300, 150, "a");
        play.WorkAll();
        Assert.Equal((ScenePhase.Gathering, 1), (play.State.Phase, play.State.PublishedRevision));
        play.Wait();
        play.WorkAll();
        Assert.Equal(["0a", "0a 1a 2a"], play.Published);
    }

    [Theory]
    [InlineData(0, true, false)]
    [InlineData(0, false, true)]
    [InlineData(2, true, true)]
    public void Strips_of_a_complete_scene_that_are_replaced_within_the_grace_share_a_revision(
        int passes, bool counted, bool crashes)
    {
        var play = new ScenePlay(Layout(passes) with { StripCount = counted ? 3 : null, Height = 450 }, new Random(1));
        foreach (var index in new[] { 0, 1, 2 })
        {
            play.Strip(index, index * 150, 150, "a");
        }

        play.Hear(new SceneInput.PassEnded(3));
        play.WorkAll();
        foreach (var index in new[] { 2, 0, 1 })
        {
            play.Strip(index, index * 150, 150, "b");
            play.WorkAll();
            if (crashes)
            {
                play.Crash();
            }
        }

        Assert.Equal((ScenePhase.Gathering, 1), (play.State.Phase, play.State.PublishedRevision));
        play.Wait();
        Assert.Equal(CloseReason.Complete, play.State.ClosedFor);
        play.WorkAll();
        Assert.Equal(["0a 1a 2a", "0b 1b 2b"], play.Published);
        // From the first of them: strips that keep coming do not hold the product back for ever.
        play.Strip(0, 0, 150, "c");
        Assert.Equal(play.Now + TimeSpan.FromMinutes(1), play.State.WaitsUntil);
    }

    [Fact]
    public void The_last_strip_that_a_published_scene_was_short_of_is_waited_for_no_longer()
    {
        var play = new ScenePlay(Layout(0) with { StripCount = 3, Height = 450 }, new Random(1));
        play.Strip(0, 0, 150, "a");
        play.Wait();
        play.WorkAll();
        play.Strip(1, 150, 150, "a");
        play.WorkAll();
        Assert.Equal(ScenePhase.Gathering, play.State.Phase);
        play.Strip(2, 300, 150, "a");
        play.WorkAll();
        Assert.Equal(["0a", "0a 1a 2a"], play.Published);
    }

    [Fact]
    public void A_strip_that_comes_while_products_are_written_is_in_the_revision_after()
    {
        var play = new ScenePlay(Layout(0) with { StripCount = 1, Height = 150 }, new Random(1));
        play.Strip(0, 0, 150, "a");
        while (play.State.Phase != ScenePhase.Assembling)
        {
            play.Work(1);
        }

        play.Strip(0, 0, 150, "b");
        Assert.Equal(ScenePhase.Assembling, play.State.Phase);
        play.Crash();
        play.WorkAll();
        play.Wait();
        play.WorkAll();
        Assert.Equal(["0a", "0b"], play.Published);
    }

    [Fact]
    public void Without_a_critical_strip_nothing_final_is_published_until_it_comes()
    {
        var story = new SceneStory(Layout(0));
        story.Strip(0, 0, 150);
        story.Hear(new SceneInput.PassEnded(6, Tiers((3, StripTier.Critical), (5, StripTier.Optional))));
        story.Now += Patience;
        Assert.Contains(new SceneEffect.ReportMissing([3]), story.Hear(new SceneInput.Ticked()));
        story.Work();
        Assert.Equal(ScenePhase.Failed, story.State.Phase);
        Assert.Empty(story.Of<SceneEffect.Assemble>());

        story.Strip(3, 450, 150);
        story.Now += Patience;
        story.Hear(new SceneInput.Ticked());
        story.Work();
        Assert.Equal((ScenePhase.Closed, 1), (story.State.Phase, story.State.PublishedRevision));
        // Strip 5 is optional: that it is missing costs nothing.
        Assert.Equal(200.0 / 5, story.State.CompletenessPercent);
    }

    [Fact]
    public void A_strip_in_quarantine_is_missing_and_is_not_waited_for()
    {
        var story = new SceneStory(Layout(0) with { StripCount = 2, Height = 300 });
        story.Strip(0, 0, 150);
        story.Hear(new SceneInput.StripQuarantined(1));
        story.Now += Patience;
        story.Hear(new SceneInput.Ticked());
        story.Work();
        Assert.Equal((ScenePhase.Closed, 50.0), (story.State.Phase, story.State.CompletenessPercent));
        Assert.Equal([1], story.State.MissingStrips.AsEnumerable());
    }

    [Fact]
    public void An_older_revision_of_an_announcement_never_takes_the_place_of_a_newer()
    {
        var story = new SceneStory(Layout(0));
        story.Hear(new SceneInput.StripArrived(new StripEntry(0, 0, 150, "new") { AnnouncedRevision = 2 }));
        Assert.Equal(
            [new SceneEffect.CountDuplicate(0)],
            story.Hear(new SceneInput.StripArrived(new StripEntry(0, 0, 150, "old") { AnnouncedRevision = 1 })));
        Assert.Equal("new", story.State.Strips[0].ContentId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_critical_strip_that_was_never_announced_is_known_from_the_end_of_the_pass_also_after_a_crash(
        bool crashes)
    {
        var play = new ScenePlay(Layout(0) with { StripCount = null }, new Random(1));
        play.Strip(0, 0, 150, "a");
        play.Hear(new SceneInput.PassEnded(
            6, Tiers(
                (2, StripTier.Wanted), (3, StripTier.Critical), (5, StripTier.Optional), (0, StripTier.Optional))));
        if (crashes)
        {
            play.Crash();
        }

        play.WorkAll();
        play.Wait();
        Assert.Equal([3], Assert.IsType<SceneFact.SceneFailed>(play.Facts[^1].Fact).MissingStrips.AsEnumerable());
        // It comes after all; of the others, the optional one costs nothing and the wanted ones do.
        play.Strip(3, 450, 150, "a", StripTier.Critical);
        play.WorkAll();
        play.Wait();
        play.WorkAll();
        Assert.Equal((ScenePhase.Closed, 200.0 / 5), (play.State.Phase, play.State.CompletenessPercent));
        // What a strip says of itself counts more than what is said of it.
        Assert.Equal(StripTier.Wanted, play.State.Tiers[0]);
    }

    private static ImmutableSortedDictionary<int, StripTier> Tiers(params (int Index, StripTier Tier)[] tiers) =>
        tiers.ToImmutableSortedDictionary(told => told.Index, told => told.Tier);

    private static SceneLayout Layout(int passes) => new(500, 900, 6, 256, 2, passes, Patience);
}
