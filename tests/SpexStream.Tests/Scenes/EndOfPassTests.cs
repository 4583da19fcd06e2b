using SpexStream.Domain.Scenes;
using Xunit;

namespace SpexStream.Tests.Scenes;

public sealed class EndOfPassTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    [Fact]
    public void The_last_strip_tells_how_many_there_are_and_those_it_overtook_are_waited_for()
    {
        var story = new SceneStory(Layout(null));
        story.Strip(0, 0, 100);
        var last = Last(story, 3);
        Assert.Equal([new SceneEffect.ExpectStrips(4)], last.OfType<SceneEffect.ExpectStrips>());
        Assert.Equal((ScenePhase.Gathering, 50.0), (story.State.Phase, story.State.CompletenessPercent));
        Assert.Equal([1, 2], story.State.MissingStrips.AsEnumerable());
        story.Strip(2, 200, 100);
        Assert.Equal(ScenePhase.Gathering, story.State.Phase);
        story.Strip(1, 100, 100);
        story.Work();
        Assert.Equal((ScenePhase.Closed, 100.0, false),
            (story.State.Phase, story.State.CompletenessPercent, story.State.PassHasEnded));
    }

    [Fact]
    public void What_never_comes_before_the_last_strip_is_given_up_at_the_gather_timeout()
    {
        var story = new SceneStory(Layout(null));
        story.Strip(0, 0, 100);
        Last(story, 3);
        story.Now += Patience;
        story.Hear(new SceneInput.Ticked());
        story.Work();
        Assert.Equal(ScenePhase.Closed, story.State.Phase);
        Assert.Equal([1, 2], story.State.MissingStrips.AsEnumerable());
    }

    [Fact]
    public void A_pass_that_ends_early_closes_with_what_it_has_brought_and_stays_incomplete()
    {
        var story = new SceneStory(Layout(9));
        story.Strip(0, 0, 100);
        Last(story, 2);
        Assert.Equal(ScenePhase.Gathering, story.State.Phase);
        story.Strip(1, 100, 100);
        story.Work();
        Assert.Equal((ScenePhase.Closed, true), (story.State.Phase, story.State.PassHasEnded));
        Assert.Equal(300.0 / 9, story.State.CompletenessPercent, 9);
        Assert.Equal([3, 4, 5, 6, 7, 8], story.State.MissingStrips.AsEnumerable());
    }

    [Fact]
    public void A_last_strip_that_was_taken_before_still_says_that_it_is_the_last()
    {
        var story = new SceneStory(Layout(null));
        story.Strip(0, 0, 100);
        story.Strip(1, 100, 100);
        Assert.Equal(new SceneEffect.CountDuplicate(1), Last(story, 1)[0]);
        story.Work();
        Assert.Equal(ScenePhase.Closed, story.State.Phase);
    }

    [Fact]
    public void A_strip_from_behind_the_last_makes_the_pass_longer()
    {
        var story = new SceneStory(Layout(null));
        Last(story, 1);
        story.Strip(3, 300, 100);
        Assert.Equal(4, story.State.ExpectedStrips);
        story.Strip(0, 0, 100);
        Assert.Equal(ScenePhase.Gathering, story.State.Phase);
        story.Strip(2, 200, 100);
        story.Work();
        Assert.Equal((ScenePhase.Closed, 100.0), (story.State.Phase, story.State.CompletenessPercent));
    }

    [Fact]
    public void An_end_of_the_pass_with_a_count_waits_for_them_and_one_without_does_not()
    {
        var counted = new SceneStory(Layout(null));
        counted.Strip(0, 0, 100);
        counted.Hear(new SceneInput.PassEnded(2));
        Assert.Equal(ScenePhase.Gathering, counted.State.Phase);
        counted.Strip(1, 100, 100);
        counted.Work();
        Assert.Equal(ScenePhase.Closed, counted.State.Phase);

        var all = new SceneStory(Layout(null));
        all.Strip(0, 0, 100);
        all.Hear(new SceneInput.PassEnded());
        all.Work();
        Assert.Equal((ScenePhase.Closed, true), (all.State.Phase, all.State.PassHasEnded));
    }

    private static IReadOnlyList<SceneEffect> Last(SceneStory story, int index) =>
        story.Hear(new SceneInput.StripArrived(new StripEntry(index, index * 100, 100, "same"), IsLast: true));

    private static SceneLayout Layout(int? count) => new(500, null, count, 256, 2, 0, Patience);
}
