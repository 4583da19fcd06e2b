using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using Xunit;

namespace SpexStream.Tests.Journal;

public sealed class SceneListingTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_standing_follows_the_facts_and_remembers_since_when()
    {
        var listing = Fold(SampleFacts.Opened(Start.AddHours(1), 7), SampleFacts.Accepted());
        Assert.Equal((SceneStanding.Open, Start, Start), (listing.Standing, listing.OpenedAt, listing.StandsSince));
        Assert.Equal((Start.AddHours(1), 7, 0, 2),
            (listing.Deadline, listing.Priority, listing.Revision, listing.LastSequence));

        var product = new PublishedProduct(3, 1, "scene.r3.e1", 1, 100, []);
        listing = Fold(SampleFacts.Opened(), new SceneFact.ScenePublished(product),
            new SceneFact.ProductRemoved(2, "scene.r2.e1"));
        Assert.Equal((SceneStanding.Published, Start.AddMinutes(1)), (listing.Standing, listing.StandsSince));
        Assert.Equal((3, "scene.r3.e1"), (listing.Revision, listing.Folder));
    }

    [Fact]
    public void Every_fact_that_ends_a_scene_ends_it_and_reopening_takes_that_back()
    {
        Assert.Equal(SceneStanding.Failed, Fold(new SceneFact.SceneFailed("a", "b", [])).Standing);
        Assert.Equal(SceneStanding.Retracted, Fold(new SceneFact.SceneRetracted(1, "b")).Standing);
        Assert.Equal(SceneStanding.Open,
            Fold(new SceneFact.SceneFailed("a", "b", []), new SceneFact.SceneReopened(2, "c")).Standing);
    }

    // One fact a minute.
    private static SceneListing Fold(params SceneFact[] facts) => facts
        .Select((fact, i) => new RecordedFact(i + 1, 1, Start.AddMinutes(i), fact))
        .Aggregate(new SceneListing(SceneId.Parse("scene"), 1), (listing, fact) => listing.With(fact));
}
