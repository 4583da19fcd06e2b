using SpexStream.Domain.Leases;
using Xunit;

namespace SpexStream.Tests.Leases;

public sealed class LeaseLifeTests
{
    private static readonly LeaseTerms Terms = new()
    {
        Term = Seconds(10),
        Margin = Seconds(3),
        RenewAfter = Seconds(3),
        AskAgainAfter = Seconds(1),
    };

    [Fact]
    public void Who_wants_a_lease_asks_and_works_under_the_epoch_that_is_given()
    {
        var lease = new Play();
        Assert.Equal([new LeaseEffect.Ask(Seconds(0))], lease.Step(0, new LeaseInput.Want()));
        Assert.Equal([new LeaseEffect.Start(7)], lease.Step(1, new LeaseInput.Granted(7, Seconds(0))));
        Assert.Equal(new LeaseState.Owning(7, Seconds(7), Seconds(3), null), lease.State);
    }

    [Fact]
    public void A_lease_is_renewed_in_time_and_counted_from_the_question_not_from_the_answer()
    {
        var lease = Play.Owner(7);
        Assert.Empty(lease.Step(2.9, new LeaseInput.Tick()));
        Assert.Equal([new LeaseEffect.Renew(7, Seconds(3))], lease.Step(3, new LeaseInput.Tick()));
        Assert.Empty(lease.Step(4, new LeaseInput.Tick()));
        Assert.Empty(lease.Step(6, new LeaseInput.Renewed(7, Seconds(3))));
        Assert.Equal(new LeaseState.Owning(7, Seconds(10), Seconds(6), null), lease.State);
    }

    [Fact]
    public void An_owner_that_is_not_answered_asks_again_and_stops_before_another_can_have_it()
    {
        var lease = Play.Owner(7);
        lease.Step(3, new LeaseInput.Tick());
        Assert.Empty(lease.Step(3.5, new LeaseInput.NoAnswer(Seconds(3))));
        Assert.Equal([new LeaseEffect.Renew(7, Seconds(4))], lease.Step(4, new LeaseInput.Tick()));
        Assert.Empty(lease.Step(6, new LeaseInput.NoAnswer(Seconds(4))));
        Assert.Equal([new LeaseEffect.Renew(7, Seconds(6))], lease.Step(6, new LeaseInput.Tick()));
        Assert.Empty(lease.Step(6.9, new LeaseInput.Tick()));
        Assert.Equal([new LeaseEffect.Cease(7, LeaseEnd.Expired)], lease.Step(7, new LeaseInput.Tick()));
        // What has not stopped yet asks for nothing.
        Assert.Empty(lease.Step(20, new LeaseInput.Tick()));
        Assert.Equal([new LeaseEffect.Ask(Seconds(21))], lease.Step(21, new LeaseInput.Stopped(7)));
    }

    [Fact]
    public void A_node_that_was_paused_stops_on_its_first_tick()
    {
        var lease = Play.Owner(7);
        Assert.Equal([new LeaseEffect.Cease(7, LeaseEnd.Expired)], lease.Step(60, new LeaseInput.Tick()));
    }

    [Fact]
    public void A_renewal_that_was_answered_too_late_does_not_help()
    {
        var lease = Play.Owner(7);
        lease.Step(3, new LeaseInput.Tick());
        Assert.Equal(
            [new LeaseEffect.Cease(7, LeaseEnd.Expired)], lease.Step(10, new LeaseInput.Renewed(7, Seconds(3))));
    }

    [Fact]
    public void A_renewal_that_is_refused_ends_the_work_at_once()
    {
        var lease = Play.Owner(7);
        Assert.Empty(lease.Step(2, new LeaseInput.Refused(6)));
        Assert.Equal([new LeaseEffect.Cease(7, LeaseEnd.TakenOver)], lease.Step(2, new LeaseInput.Refused(7)));
    }

    [Fact]
    public void A_lease_that_is_given_up_goes_back_when_the_work_has_stopped()
    {
        var lease = Play.Owner(7);
        Assert.Equal([new LeaseEffect.Cease(7, LeaseEnd.GivenUp)], lease.Step(2, new LeaseInput.GiveUp()));
        Assert.Empty(lease.Step(2, new LeaseInput.Stopped(6)));
        Assert.Equal([new LeaseEffect.Release(7)], lease.Step(3, new LeaseInput.Stopped(7)));
        Assert.Equal(LeaseLife.Beginning, lease.State);
    }

    [Fact]
    public void A_lease_that_comes_when_it_is_not_wanted_any_more_goes_back()
    {
        var lease = new Play();
        lease.Step(0, new LeaseInput.Want());
        lease.Step(1, new LeaseInput.GiveUp());
        Assert.Equal([new LeaseEffect.Release(7)], lease.Step(2, new LeaseInput.Granted(7, Seconds(0))));
        Assert.Equal(LeaseLife.Beginning, lease.State);
    }

    [Fact]
    public void A_lease_that_comes_when_its_time_is_over_is_not_worked_under()
    {
        var lease = new Play();
        lease.Step(0, new LeaseInput.Want());
        Assert.Equal([new LeaseEffect.Release(7)], lease.Step(7, new LeaseInput.Granted(7, Seconds(0))));
        Assert.Equal([new LeaseEffect.Ask(Seconds(8))], lease.Step(8, new LeaseInput.Tick()));
    }

    [Fact]
    public void The_late_answer_of_an_earlier_question_changes_nothing_and_what_it_brings_goes_back()
    {
        var lease = Play.Owner(7);
        lease.Step(3, new LeaseInput.Tick());
        lease.Step(7, new LeaseInput.Tick());
        Assert.Equal([new LeaseEffect.Ask(Seconds(8))], lease.Step(8, new LeaseInput.Stopped(7)));
        var asking = lease.State;
        // The renewal that was asked for at 3 s ends in its limits.
        Assert.Empty(lease.Step(28, new LeaseInput.NoAnswer(Seconds(3))));
        Assert.Empty(lease.Step(28, new LeaseInput.HeldByOther(Seconds(1), Seconds(3))));
        Assert.Equal([new LeaseEffect.Release(8)], lease.Step(28, new LeaseInput.Granted(8, Seconds(3))));
        Assert.Equal(asking, lease.State);
        lease.Step(28, new LeaseInput.NoAnswer(Seconds(8)));
        lease.Step(29, new LeaseInput.Tick());
        Assert.Equal([new LeaseEffect.Start(9)], lease.Step(29, new LeaseInput.Granted(9, Seconds(29))));
        Assert.Equal([new LeaseEffect.Release(10)], lease.Step(30, new LeaseInput.Granted(10, Seconds(8))));
        Assert.IsType<LeaseState.Owning>(lease.State);
    }

    [Fact]
    public void Work_that_fails_gives_the_lease_back_and_asks_for_it_again_after_a_pause_if_that_is_wanted()
    {
        var lease = Play.Owner(7);
        Assert.Equal([new LeaseEffect.Cease(7, LeaseEnd.GivenUp)], lease.Step(1, new LeaseInput.Failed(true)));
        Assert.Equal([new LeaseEffect.Release(7)], lease.Step(2, new LeaseInput.Stopped(7)));
        Assert.Equal(Seconds(6), LeaseLife.NextTick(lease.State));
        Assert.Equal([new LeaseEffect.Ask(Seconds(6))], lease.Step(6, new LeaseInput.Tick()));

        lease = Play.Owner(7);
        lease.Step(1, new LeaseInput.Failed(false));
        lease.Step(2, new LeaseInput.Stopped(7));
        Assert.Equal(LeaseLife.Beginning, lease.State);
    }

    [Fact]
    public void Another_nodes_lease_is_asked_for_again_when_it_may_be_free()
    {
        var lease = new Play();
        lease.Step(0, new LeaseInput.Want());
        lease.Step(0, new LeaseInput.HeldByOther(Seconds(8), Seconds(0)));
        Assert.Empty(lease.Step(0.9, new LeaseInput.Tick()));
        Assert.Equal([new LeaseEffect.Ask(Seconds(1))], lease.Step(1, new LeaseInput.Tick()));
        lease.Step(1, new LeaseInput.HeldByOther(Seconds(0.25), Seconds(1)));
        Assert.Equal(Seconds(1.25), LeaseLife.NextTick(lease.State));
    }

    [Theory]
    [InlineData(4, 0, 3, 1)]
    [InlineData(10, 3, 4, 1)]
    [InlineData(10, 3, 3, 0)]
    [InlineData(10, 3, 0, 1)]
    public void Times_that_do_not_fit_each_other_are_refused(double term, double margin, double renew, double again)
    {
        var terms = new LeaseTerms
        {
            Term = Seconds(term),
            Margin = Seconds(margin),
            RenewAfter = Seconds(renew),
            AskAgainAfter = Seconds(again),
        };
        Assert.ThrowsAny<ArgumentOutOfRangeException>(terms.Check);
        new LeaseTerms().Check();
    }

    [Fact]
    public void At_no_time_do_two_nodes_believe_that_they_may_write_or_does_one_ask_twice_at_once()
    {
        var starts = 0;
        for (var seed = 1; seed <= 300; seed++)
        {
            var world = new LeaseWorld(seed, Terms);
            Assert.True(world.Play(2000) is null, $"seed {seed}");
            starts += world.Starts;
        }

        // Not by owning nothing.
        Assert.InRange(starts, 300 * 5, int.MaxValue);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private sealed class Play
    {
        public LeaseState State { get; private set; } = LeaseLife.Beginning;

        public static Play Owner(long epoch)
        {
            var play = new Play();
            play.Step(0, new LeaseInput.Want());
            play.Step(0, new LeaseInput.Granted(epoch, Seconds(0)));
            return play;
        }

        public LeaseEffect[] Step(double at, LeaseInput input)
        {
            (State, var effects) = LeaseLife.Step(State, input, Seconds(at), Terms);
            return [.. effects];
        }
    }
}
