using SpexStream.Domain.Models;
using Xunit;

namespace SpexStream.Tests.Models;

public sealed class ModelSuccessionTests
{
    private static readonly SuccessionEffect.Load Second = new(2);

    [Fact]
    public void A_version_is_loaded_when_its_pack_has_looked_the_same_twice()
    {
        var (once, nothing) = ModelSuccession.Begin("a").Look("b");
        Assert.Null(nothing);
        Assert.Null(once.Look("c").Effect);
        var (loading, effect) = once.Look("b");
        Assert.Equal(Second, effect);
        Assert.Null(loading.Look("b").Effect);
        Assert.Equal(1, loading.Serving);
    }

    [Fact]
    public void A_pack_that_looks_as_before_is_left_alone()
    {
        var (state, effect) = Look(ModelSuccession.Begin("a"), "a");
        Assert.Null(effect);
        Assert.False(state.IsWaiting);
    }

    [Fact]
    public void A_version_takes_over_when_it_is_loaded_and_the_one_that_nobody_uses_is_closed()
    {
        var (state, effect) = Look(ModelSuccession.Begin("a"), "b").Next.Loaded();
        Assert.Equal(2, state.Serving);
        Assert.Equal(new SuccessionEffect.Close(1), effect);
        Assert.Equal([2], state.Closed(1).Next.Open.Keys);
    }

    [Fact]
    public void A_scene_keeps_the_version_that_it_began_with_until_it_returns_it()
    {
        var begun = ModelSuccession.Begin("a").Lease().Next.Lease().Next;
        var (state, effect) = Look(begun, "b").Next.Loaded();
        Assert.Null(effect);
        state = state.Lease().Next;
        Assert.Equal((2, 1), (state.Open[1].Leases, state.Open[2].Leases));

        var (one, still) = state.Return(1);
        Assert.Null(still);
        var (none, close) = one.Return(1);
        Assert.Equal(new SuccessionEffect.Close(1), close);
        Assert.Null(none.Return(2).Effect);
        Assert.Throws<ArgumentOutOfRangeException>(() => none.Return(1));
    }

    [Fact]
    public void A_refused_version_is_not_tried_again_until_its_pack_looks_different()
    {
        var refused = Look(ModelSuccession.Begin("a"), "b").Next.Refused().Next;
        Assert.Equal((1, "b"), (refused.Serving, refused.RefusedStamp));
        Assert.Null(Look(refused, "b").Effect);
        Assert.Equal(new SuccessionEffect.Load(3), Look(refused, "c").Effect);
        Assert.Null(Look(refused, "a").Next.RefusedStamp);
    }

    [Fact]
    public void A_third_version_waits_until_the_first_is_closed_and_what_is_loaded_is_the_newest()
    {
        var two = Look(ModelSuccession.Begin("a").Lease().Next, "b").Next.Loaded().Next;
        var (waiting, nothing) = Look(two, "c");
        Assert.Null(nothing);
        Assert.True(waiting.IsWaiting);
        var (closing, close) = Look(waiting, "d").Next.Return(1);
        Assert.Equal(new SuccessionEffect.Close(1), close);
        Assert.Null(Look(closing, "d").Effect);
        var (loading, load) = Look(closing.Closed(1).Next, "d");
        Assert.Equal(new SuccessionEffect.Load(3), load);
        Assert.False(loading.IsWaiting);
    }

    [Fact]
    public void Going_back_to_a_version_that_scenes_still_use_loads_nothing()
    {
        var two = Look(ModelSuccession.Begin("a").Lease().Next, "b").Next.Loaded().Next;
        var (state, effect) = Look(two, "a");
        Assert.Equal(1, state.Serving);
        Assert.Equal(new SuccessionEffect.Close(2), effect);
    }

    [Fact]
    public void A_version_on_its_way_out_does_not_come_back_without_being_loaded()
    {
        var closing = Look(ModelSuccession.Begin("a"), "b").Next.Loaded().Next;
        Assert.True(closing.Open[1].IsClosing);
        var (state, effect) = Look(closing, "a");
        Assert.Null(effect);
        Assert.Equal(2, state.Serving);
        Assert.Equal(new SuccessionEffect.Load(3), Look(state.Closed(1).Next, "a").Effect);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_happens_scenes_keep_their_version_and_no_more_than_two_are_open(int seed)
    {
        var random = new Random(seed);
        var state = ModelSuccession.Begin("0");
        var (leases, loading, closing) = (new List<int>(), false, new List<int>());
        for (var i = 0; i < 5000; i++)
        {
            Follow(random.Next(6) switch
            {
                0 or 1 => state.Look($"{random.Next(4)}"),
                2 when loading => random.Next(2) == 0 ? Ended().Loaded() : Ended().Refused(),
                3 => Taken().Lease(),
                4 when leases.Count > 0 => Returned(),
                5 when closing.Count > 0 => Gone(),
                _ => new(state),
            });
            Assert.InRange(state.Open.Count + (loading ? 1 : 0), 1, ModelSuccession.MostOpen);
            Assert.All(leases, generation => Assert.False(state.Open[generation].IsClosing, $"seed {seed}, step {i}"));
            Assert.Equal(leases.Count, state.Open.Values.Sum(model => model.Leases));
            Assert.False(state.Open[state.Serving].IsClosing);
            // Nothing stays open that nobody uses.
            Assert.All(state.Open, open => Assert.True(
                open.Key == state.Serving || open.Value.Leases > 0 || closing.Contains(open.Key)));
        }

        ModelSuccession Ended()
        {
            loading = false;
            return state;
        }

        ModelSuccession Taken()
        {
            leases.Add(state.Serving);
            return state;
        }

        SuccessionStep Returned()
        {
            var one = leases[random.Next(leases.Count)];
            leases.Remove(one);
            return state.Return(one);
        }

        SuccessionStep Gone()
        {
            var one = closing[0];
            closing.RemoveAt(0);
            return state.Closed(one);
        }

        void Follow(SuccessionStep step)
        {
            state = step.Next;
            loading |= step.Effect is SuccessionEffect.Load;
            if (step.Effect is SuccessionEffect.Close close)
            {
                closing.Add(close.Generation);
            }
        }
    }

    private static SuccessionStep Look(ModelSuccession state, string stamp) =>
        state.Look(stamp) is { Effect: null, Next: var next } ? next.Look(stamp) : state.Look(stamp);
}
