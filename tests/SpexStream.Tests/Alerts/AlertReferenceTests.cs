using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using Xunit;
using static SpexStream.Domain.Alerts.Life.AlertTransition;

namespace SpexStream.Tests.Alerts;

/// <summary>A reference mask that changes under its name while an alert is open.</summary>
public sealed class AlertReferenceTests
{
    private readonly Play _play = new(Play.Water() with
    {
        Metric = AlertMetric.Change,
        Baseline = new AlertBaseline.Reference("usual"),
    });

    [Fact]
    public void A_confirmed_alert_goes_on_by_the_other_mask_and_says_so_without_a_difference()
    {
        See(1, 10, "old");
        Assert.Equal([Confirmed], See(2, 10, "old"));
        // By itself this would be no more than one more pass.
        Assert.Equal([Updated], See(3, 11, "new"));
        Assert.Contains("reference mask", Last.Reason!, StringComparison.Ordinal);
        Assert.Null(RuleEvidence.Of(_play.Rule, _play.Told).Delta);
        Assert.Equal(AlertPhase.Confirmed, _play.Told.Phase);
        Assert.Equal([Extended], See(4, 11, "new"));
        Assert.Equal([Updated], See(5, 19, "new"));
        Assert.Equal(8, RuleEvidence.Of(_play.Rule, _play.Told).Delta!.Value, 6);
        Assert.Null(Last.Reason);
        // What confirmed it still does.
        Assert.Equal([Updated], _play.Retract(5, 6));
    }

    [Fact]
    public void Passes_by_two_masks_do_not_confirm_together()
    {
        Assert.Equal([Raised], See(1, 10, "old"));
        Assert.Equal([Updated], See(2, 10, "new"));
        Assert.Equal(AlertPhase.Provisional, _play.Told.Phase);
        Assert.Equal([Confirmed], See(3, 10, "new"));
    }

    [Theory]
    [InlineData("old", "new", "new", 3)]
    [InlineData("old", "old", "new", 1)]
    public void A_withdrawal_that_leaves_passes_by_two_masks_cancels(
        string first, string second, string third, double withdrawn)
    {
        See(1, 10, first);
        See(2, 10, second);
        See(3, 10, third);
        Assert.Equal(AlertPhase.Confirmed, _play.Told.Phase);
        Assert.Equal([Cancelled], _play.Retract(withdrawn, 4));
    }

    [Fact]
    public void A_withdrawal_that_leaves_enough_passes_by_one_mask_does_not()
    {
        See(1, 10, "old");
        See(2, 10, "new");
        See(3, 10, "new");
        Assert.Equal([Updated], _play.Retract(1, 4));
        Assert.Equal(AlertPhase.Confirmed, _play.Told.Phase);
    }

    [Theory]
    [InlineData(81)]
    [InlineData(82)]
    [InlineData(83)]
    public void Whatever_is_withdrawn_what_stays_confirmed_is_so_by_one_mask(int seed)
    {
        var random = new Random(seed);
        var (days, withdrawals, cancelled) = (new List<double>(), 0, 0);
        double[] hectares = [10, 10, 10, 3, 0];
        for (var day = 1; day < 200; day++)
        {
            See(day, hectares[random.Next(hectares.Length)], random.NextDouble() < 0.5 ? "old" : "new");
            days.Add(day);
            if (random.NextDouble() < 0.3)
            {
                var gone = days[random.Next(Math.Max(0, days.Count - 4), days.Count)];
                days.Remove(gone);
                cancelled += _play.Retract(gone, day + 0.2).Contains(Cancelled) ? 1 : 0;
                withdrawals++;
            }

            var open = _play.State.Open;
            Assert.True(open is not { Phase: AlertPhase.Confirmed } || IsConfirmed(open), $"day {day}");
        }

        Assert.InRange(cancelled, 1, withdrawals - 1);
    }

    [Fact]
    public void Passes_by_two_masks_on_which_a_second_backend_agrees_do_not_make_confidence_highest_together()
    {
        See(1, 10, "old", both: 10);
        See(2, 10, "new", both: 10);
        Assert.Equal([Confirmed], See(3, 10, "new"));
        Assert.Equal(AlertConfidence.High, _play.Told.Confidence);
        Assert.Equal([Updated], See(4, 10, "new", both: 10));
        Assert.Equal(AlertConfidence.Highest, _play.Told.Confidence);
    }

    [Fact]
    public void What_the_other_mask_does_not_see_is_over_and_the_message_says_why()
    {
        See(1, 10, "old");
        See(2, 10, "old");
        Assert.Equal([Cleared], See(3, 0, "new"));
        Assert.Contains("reference mask", Last.Reason!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_provisional_alert_that_only_the_mask_before_saw_is_over_at_once()
    {
        See(1, 10, "old");
        Assert.Equal([Cleared], See(2, 0, "new"));
    }

    [Fact]
    public void While_a_provisional_alert_can_still_be_confirmed_it_says_that_the_mask_is_another()
    {
        _play.Rule = _play.Rule with { OutOfPasses = 5 };
        See(1, 10, "old");
        See(2, 1, "old");
        See(3, 10, "new");
        Assert.Equal([Updated], See(4, 1, "old"));
        Assert.Contains("reference mask", Last.Reason!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_revision_by_the_other_mask_says_both_reasons()
    {
        See(1, 10, "old");
        See(2, 10, "old");
        Assert.Equal([Updated], See(2, 12, "new", revision: 2));
        Assert.StartsWith("revision 2", Last.Reason, StringComparison.Ordinal);
        Assert.Contains("reference mask", Last.Reason!, StringComparison.Ordinal);
        Assert.Null(_play.Told.ValueBefore);
    }

    [Fact]
    public void What_was_measured_before_masks_were_told_apart_compares_with_all()
    {
        See(1, 10, null);
        Assert.Equal([Confirmed], See(2, 20, "new"));
        Assert.Equal((10.0, (string?)null), (_play.Told.ValueBefore, Last.Reason));
        Assert.Equal([Extended], See(3, 20, null));
    }

    // Two of any three in a row, spelt out.
    private bool IsConfirmed(AlertStanding open)
    {
        KeptPass[] passes = [.. _play.State.Passes.Where(kept => kept.Pass.SensedAt >= open.FirstSeen)];
        return Enumerable.Range(0, passes.Length).Any(i => passes.Skip(i).Take(3).Where(kept => kept.Enters)
            .GroupBy(kept => kept.Pass.Measured.Reference).Any(group => group.Count() >= 2));
    }

    private AlertFact.AlertChanged Last => _play.Facts.OfType<AlertFact.AlertChanged>().Last();

    private AlertTransition[] See(
        double day, double hectares, string? reference, int revision = 1, double? both = null)
    {
        var pass = Play.Pass(day, hectares, revision: revision);
        var square = (both ?? 0) * AreaMeasurement.SquareMetresPerHectare;
        return _play.Do(
            new AlertInput.Observed(pass with
            {
                Measured = pass.Measured with { Reference = reference },
                Second = both is null ? null : new("segmentation") { Both = new(square, square) },
            }),
            day + 0.1);
    }
}
