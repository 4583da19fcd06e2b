using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Journal;
using Xunit;

namespace SpexStream.Tests.Journal;

public sealed class CrashCountTests
{
    private static readonly StripKey A = new(1, 1), B = new(2, 1);
    private static readonly TileIndex Here = new(3, 4), There = new(4, 4);

    [Fact]
    public void Each_run_that_died_on_a_tile_counts_once() =>
        Assert.Equal(
            3, Count(Crash(A, Here, 1), Crash(A, Here, 1), Crash(B, Here, 1), Crash(A, Here, 2), Crash(A, Here, 5))[A]);

    [Fact]
    public void Crashes_on_several_tiles_do_not_add_up() =>
        Assert.Equal(2, Count(Crash(A, Here, 1), Crash(A, There, 2), Crash(A, Here, 3))[A]);

    [Fact]
    public void Another_content_of_the_index_is_another_strip() =>
        Assert.Equal(1, Count(
            Crash(A, Here, 1), Crash(A, Here, 2), Crash(A with { Revision = 2 }, Here, 3))[A with { Revision = 2 }]);

    [Fact]
    public void A_strip_that_was_released_begins_anew() => Assert.Equal(
        1, Count(Crash(A, Here, 1), Crash(A, Here, 2), new SceneFact.StripReleased(A), Crash(A, Here, 5))[A]);

    [Fact]
    public void A_strip_that_met_no_crash_is_left_out() => Assert.Empty(Count(new SceneFact.StripSummarised(A)));

    private static SceneFact.TileCrashed Crash(StripKey strip, TileIndex tile, long run) => new(strip, tile, run);

    private static ImmutableDictionary<StripKey, int> Count(params SceneFact[] facts) => CrashCount.Of(facts);
}
