using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Retention;
using Xunit;

namespace SpexStream.Tests.Retention;

/// <summary>What is deleted, by age and by room, and what never is.</summary>
public sealed class RetentionPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SceneId Scene = SceneId.Parse("scene");
    private static readonly RetentionRules Rules = new() { KeepFreeBytes = 0 };

    [Theory]
    [InlineData(RetentionClass.Spool, 24)]
    [InlineData(RetentionClass.Work, 24)]
    [InlineData(RetentionClass.Superseded, 24)]
    [InlineData(RetentionClass.Facts, 720)]
    [InlineData(RetentionClass.Orphan, 1)]
    public void A_thing_goes_when_it_is_as_old_as_its_class_may_be(RetentionClass value, int hours)
    {
        Assert.Empty(Plan(Item(value, hours - 0.01)).Deletions);
        Assert.Equal(RetentionReason.Age, Assert.Single(Plan(Item(value, hours)).Deletions).Reason);
    }

    [Fact]
    public void Products_that_stand_are_kept_for_ever_unless_told_otherwise()
    {
        var product = Item(RetentionClass.Product, 100_000);
        Assert.Equal(RetentionHold.KeptForEver, Assert.Single(Plan(product).Stays).Hold);
        Assert.Single(Plan([product], Rules with { ProductAge = TimeSpan.FromHours(48) }).Deletions);
    }

    [Theory]
    [InlineData(SceneStanding.Open, false, RetentionHold.SceneOpen)]
    [InlineData(SceneStanding.Failed, false, RetentionHold.NotPublished)]
    [InlineData(SceneStanding.Published, true, RetentionHold.MessagesWait)]
    [InlineData(null, false, RetentionHold.Unknown)]
    public void What_is_not_published_and_acknowledged_stays_however_old_and_however_full(
        SceneStanding? standing, bool waits, RetentionHold hold)
    {
        var item = Item(RetentionClass.Spool, 1000) with { Standing = standing, MessagesWait = waits };
        var plan = Plan([item], Rules with { KeepFreeBytes = long.MaxValue });
        Assert.Equal(hold, Assert.Single(plan.Stays).Hold);
        Assert.Empty(plan.Deletions);
    }

    [Fact]
    public void The_work_folder_of_a_failed_scene_goes_with_time_and_nothing_else_of_it()
    {
        RetentionItem[] items =
        [
            .. new[] { RetentionClass.Spool, RetentionClass.Work, RetentionClass.Superseded, RetentionClass.Product }
                .Select(value => Item(value, 1000) with { Standing = SceneStanding.Failed }),
        ];
        Assert.Equal(RetentionClass.Work, Assert.Single(Plan(items).Deletions).Item.Class);
        var waits = items[1] with { MessagesWait = true };
        Assert.Equal(RetentionHold.MessagesWait, Assert.Single(Plan(waits).Stays).Hold);
        Assert.Empty(Plan(items[1] with { Since = Now.AddHours(-23) }).Deletions);
    }

    [Fact]
    public void Room_is_made_with_the_least_valuable_first_then_the_oldest_and_no_further_than_needed()
    {
        RetentionItem[] items =
        [
            Item(RetentionClass.Superseded, 20, "old-product"), Item(RetentionClass.Work, 5, "work"),
            Item(RetentionClass.Spool, 2, "young-raster"), Item(RetentionClass.Spool, 3, "old-raster"),
            Item(RetentionClass.Product, 23, "product"),
        ];
        var rules = Rules with { ProductAge = TimeSpan.FromDays(365), KeepFreeBytes = 300 };
        Assert.Equal(
            ["old-raster", "young-raster", "work"],
            Plan(items, rules, free: 1).Deletions.Select(deletion => deletion.Item.Path));
        Assert.Equal(["old-raster"], Plan(items, rules, free: 200).Deletions.Select(deletion => deletion.Item.Path));
        Assert.Equal(4, Plan(items, rules with { KeepFreeBytes = 1 << 20 }).Deletions.Length);
        Assert.Equal(
            "product",
            Plan(items, rules with { KeepFreeBytes = 1 << 20, ProductsMakeRoom = true }).Deletions[^1].Item.Path);
    }

    [Fact]
    public void A_scene_is_forgotten_only_when_none_of_its_files_is_left()
    {
        var facts = Item(RetentionClass.Facts, 1000);
        var plan = Plan(facts, Item(RetentionClass.Product, 1000));
        Assert.Equal(RetentionHold.FilesLeft, plan.Stays.Single(stay => stay.Item == facts).Hold);
        Assert.Single(Plan(facts).Deletions);
    }

    [Fact]
    public void Whatever_lies_there_the_plan_is_whole_safe_and_makes_the_room_it_can()
    {
        for (var seed = 1; seed <= 2000; seed++)
        {
            var random = new Random(seed);
            var items = Enumerable.Range(0, random.Next(40)).Select(i => Any(random, i)).ToArray();
            RetentionVolume[] volumes = [new("data", random.Next(5000)), new("out", random.Next(5000))];
            var rules = new RetentionRules
            {
                KeepFreeBytes = random.Next(6000),
                MaxDeletions = random.Next(1, 40),
                ProductAge = random.Next(2) == 0 ? null : TimeSpan.FromHours(random.Next(1, 100)),
                WorkAge = random.Next(4) == 0 ? null : TimeSpan.FromHours(random.Next(1, 100)),
                ProductsMakeRoom = random.Next(2) == 0,
            };
            var plan = RetentionPlan.Of(items, volumes, rules, Now);
            try
            {
                Check(plan, items, volumes, rules);
                // The order in which things are found decides nothing.
                random.Shuffle(items);
                Assert.Equal(
                    plan.Deletions.AsEnumerable(),
                        RetentionPlan.Of(items, volumes, rules, Now).Deletions.AsEnumerable());
            }
            catch (Xunit.Sdk.XunitException broken)
            {
                throw new InvalidOperationException($"seed {seed}", broken);
            }
        }
    }

    private static void Check(
        RetentionPlan plan, RetentionItem[] items, RetentionVolume[] volumes, RetentionRules rules)
    {
        var gone = plan.Deletions.Select(deletion => deletion.Item).ToArray();
        Assert.Equal(
            items.Select(item => item.Path).Order(StringComparer.Ordinal),
            gone.Concat(plan.Stays.Select(stay => stay.Item)).Select(item => item.Path).Order(StringComparer.Ordinal));
        Assert.True(gone.Length <= rules.MaxDeletions);
        Assert.All(gone, item =>
        {
            Assert.NotEqual(RetentionClass.Unknown, item.Class);
            Assert.NotEqual(SceneStanding.Open, item.Standing);
            Assert.NotNull(rules.AgeOf(item.Class));
            if (item.Class != RetentionClass.Orphan)
            {
                Assert.False(item.MessagesWait);
                Assert.NotNull(item.Standing);
                Assert.True(
                    item.Class is RetentionClass.Facts or RetentionClass.Work || item.Standing != SceneStanding.Failed);
            }
        });
        Assert.All(plan.Deletions.Where(deletion => deletion.Reason == RetentionReason.Age), deletion =>
            Assert.True(Now - deletion.Item.Since >= rules.AgeOf(deletion.Item.Class)));
        if (plan.Stays.Any(stay => stay.Hold == RetentionHold.NextRound))
        {
            return;
        }

        foreach (var volume in volumes)
        {
            var made = plan.Deletions.Where(deletion => deletion.Item.Volume == volume.Name).ToArray();
            var free = volume.FreeBytes + made.Sum(deletion => deletion.Item.Bytes);
            var last = made.LastOrDefault(deletion => deletion.Reason == RetentionReason.Room);
            Assert.True(last is null || free - last.Item.Bytes < rules.KeepFreeBytes);
            Assert.True(free >= rules.KeepFreeBytes || !plan.Stays.Any(stay =>
                stay.Item.Volume == volume.Name && stay.Hold == RetentionHold.TooYoung
                    && rules.MakesRoom(stay.Item.Class)));
        }
    }

    private static RetentionItem Any(Random random, int index) => new(
        (RetentionClass)random.Next(7), $"thing-{index}", random.Next(1000), Now.AddHours(-random.Next(-5, 1000)))
    {
        Scene = SceneId.Parse($"scene-{random.Next(8)}"),
        Standing = random.Next(5) is var standing and < 4 ? (SceneStanding)standing : null,
        MessagesWait = random.Next(4) == 0,
        Volume = random.Next(2) == 0 ? "data" : "out",
    };

    private static RetentionItem Item(RetentionClass value, double hours, string path = "thing") =>
        new(value, path, 100, Now.AddHours(-hours))
        {
            Scene = Scene,
            Standing = SceneStanding.Published,
            Volume = "data",
        };

    private static RetentionPlan Plan(params RetentionItem[] items) => Plan(items, Rules);

    private static RetentionPlan Plan(RetentionItem[] items, RetentionRules rules, long free = 0) =>
        RetentionPlan.Of(items, ImmutableArray.Create(new RetentionVolume("data", free)), rules, Now);
}
