using SpexStream.Domain.Reliability;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Chaos;

/// <summary>
/// A daemon that is killed and started again, a real broker, real files. What is lost and what is doubled is counted by
/// the script, from the files and from what a separate client heard.
/// </summary>
public sealed class ChaosTests(ChaosScript script) : IClassFixture<ChaosScript>
{
    public static TheoryData<string> Points { get; } = [.. FailPoints.Names];

    [RequiresMosquittoClientsTheory]
    [MemberData(nameof(Points))]
    public async Task Killed_at_a_named_place_nothing_is_lost_and_nothing_is_doubled(string point)
    {
        var figures = await script.HoldsAsync("point", point);
        Assert.Equal(point, figures.GetProperty("point").GetString());
        Assert.Equal(6, figures.GetProperty("in_mask").GetInt32());
    }

    [RequiresMosquittoClientsTheory]
    [InlineData(1)]
    public async Task Killed_at_random_moments_of_a_pass_it_delivers_all_of_it_once(int seed)
    {
        var figures = await script.HoldsAsync("kill", "--times", "6", "--seed", $"{seed}");
        Assert.Equal(6, figures.GetProperty("kills").GetInt32());
        Assert.Equal(40, figures.GetProperty("in_mask").GetInt32());
    }

    [RequiresMosquittoClientsTheory]
    [InlineData("--short")]
    public async Task A_flood_is_told_once_from_its_first_pass_to_its_withdrawal(string form)
    {
        var figures = await ChaosScript.FloodsAsync(form);
        Assert.Equal(
            [2, 1, 1, 2, 1],
            new[] { "raised", "confirmed", "updated", "cleared", "cancelled" }
                .Select(name => figures.GetProperty(name).GetInt32()));
    }

    [RequiresMosquittoClientsTheory]
    [InlineData("1", "2.0")]
    public async Task Under_twice_the_load_no_buffer_passes_its_bound_and_no_strip_is_dropped(
        string minutes, string load)
    {
        var figures = await ChaosScript.SoaksAsync("--minutes", minutes, "--load", load);
        Assert.Equal(0, figures.GetProperty("lost").GetInt32());
        Assert.Equal(figures.GetProperty("accepted").GetInt32(), figures.GetProperty("published").GetInt32());
        Assert.InRange(figures.GetProperty("depth_max").GetDouble(), 1, figures.GetProperty("depth_bound").GetDouble());
    }

    [RequiresMosquittoClientsTheory]
    [InlineData(2)]
    public async Task Killed_while_a_model_works_it_tells_the_same_bytes_in_the_end(int seed)
    {
        var figures = await script.HoldsAsync("--model", "kill", "--times", "4", "--seed", $"{seed}");
        Assert.Equal(4, figures.GetProperty("kills").GetInt32());
    }

    [RequiresMosquittoClientsTheory]
    [InlineData("broker")]
    [InlineData("offline")]
    [InlineData("device")]
    public async Task A_pass_is_whole_though_one_that_it_needs_was_away(string who)
    {
        var figures = await script.HoldsAsync(who);
        Assert.Equal(0, figures.GetProperty("lost").GetInt32());
    }
}
