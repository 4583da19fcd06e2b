using System.Collections.Immutable;
using SpexStream.Domain.Journal;
using Xunit;

namespace SpexStream.Tests.Journal;

public sealed class CrashCountTests
{
    private static readonly StripKey A = new(1, 1), B = new(2, 1);
    private static readonly ImmutableSortedSet<long> Crashed = [1, 2, 3, 5];

    [Fact]
    public void Each_crashed_run_in_which_a_strip_was_begun_and_not_ended_counts_once()
    {
        var counts = Count(Begin(A, 1), Begin(B, 1), Begin(A, 1), Begin(A, 2), End(B, 1), Begin(A, 3));
        Assert.Equal([KeyValuePair.Create(A, 3)], counts);
    }

    [Fact]
    public void A_run_that_ended_as_it_should_does_not_count() => Assert.Empty(Count(Begin(A, 4), Begin(A, 6)));

    [Fact]
    public void An_end_counts_for_its_own_run_only() => Assert.Equal(1, Count(Begin(A, 1), Begin(A, 2), End(A, 2))[A]);

    [Fact]
    public void Another_content_of_the_index_is_another_strip() =>
        Assert.Equal(1, Count(Begin(A, 1), Begin(A, 2), Begin(A with { Revision = 2 }, 3))[A with { Revision = 2 }]);

    [Fact]
    public void A_strip_that_was_released_begins_anew()
    {
        var counts = Count(Begin(A, 1), Begin(A, 2), Begin(A, 3), new SceneFact.StripReleased(A), Begin(A, 5));
        Assert.Equal(1, counts[A]);
    }

    private static SceneFact.StripStarted Begin(StripKey strip, long run) => new SceneFact.StripStarted(strip, run);

    private static SceneFact.StripSettled End(StripKey strip, long run) => new SceneFact.StripSettled(strip, run);

    private static ImmutableDictionary<StripKey, int> Count(params SceneFact[] facts) =>
        CrashCount.InFlight(facts, Crashed);
}
