using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Alerts.Life;

/// <summary>
/// The life of the alerts of one rule in one area: what a pass, a withdrawal or time does to them. Pure; the caller
/// journals the facts together with the messages that tell of them. The same input again gives no fact, so neither a
/// repeat nor a restart makes an alert twice.
/// </summary>
public static class AlertLife
{
    /// <summary>How far a pass may lie in the future: clocks differ.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(10);

    /// <summary>One step.</summary>
    /// <param name="rule">The rule; its areas hold the state's area.</param>
    /// <param name="state">Where the rule stands there.</param>
    /// <param name="input">What happened.</param>
    /// <param name="now">The clock.</param>
    /// <returns>The state after the facts, and the facts, in order.</returns>
    public static (AlertState State, ImmutableArray<AlertFact> Facts) Step(
        AlertRule rule, AlertState state, AlertInput input, DateTimeOffset now)
    {
        var step = new AlertStep(rule, state, now, input);
        switch (input)
        {
            case AlertInput.Observed { Pass: var pass } when state.Of(pass.Scene) is { } known:
                Revise(step, known, pass);
                break;
            case AlertInput.Observed { Pass: var pass }:
                Observe(step, pass);
                break;
            case AlertInput.Retracted retracted when !state.IsWithdrawn(retracted.Scene, retracted.Revision):
                Withdraw(step, retracted.Scene, retracted.Revision, retracted.Reason);
                break;
            case AlertInput.RuleGone gone when state.Open is { } open:
                step.End(AlertTransition.Cancelled, open, gone.Reason);
                break;
            case AlertInput.Switched when state.Open is { } open && open.IsActual != input.IsActual:
                step.Restate(open, input.IsActual ? "alerts are meant to be acted on" : "alerts are a test");
                break;
            case AlertInput.Tick when state.Open is { } open && now >= open.ExpiresAt:
                step.End(AlertTransition.Expired, open, null);
                break;
        }

        return (step.State, step.Facts);
    }

    /// <summary>When the next <see cref="AlertInput.Tick"/> is due; null when none is.</summary>
    public static DateTimeOffset? NextTick(AlertState state) => state.Open?.ExpiresAt;

    /// <summary>Whether alerts of a rule go on when it is replaced by another of the same name: it must watch the same
    /// number. Thresholds may differ; they hold from the next pass on.</summary>
    public static bool GoesOnUnder(AlertRule before, AlertRule after) =>
        before.Id == after.Id && before.Class == after.Class && before.Metric == after.Metric
        && before.Baseline == after.Baseline && before.WatchesFall == after.WatchesFall;

    private static void Observe(AlertStep step, AreaPass pass)
    {
        var state = step.State;
        // What was not seen clearly is no observation. What is older than what is known says nothing new.
        if (!AlertValue.IsClear(step.Rule, pass.Measured) || state.IsWithdrawn(pass.Scene, pass.Revision)
            || IsLate(state, pass) || pass.SensedAt > step.Now + ClockTolerance)
        {
            return;
        }

        var kept = step.Take(pass, null);
        if (kept is { IsLive: true, Value: not null })
        {
            step.Judge(kept);
        }
    }

    private static void Revise(AlertStep step, KeptPass known, AreaPass pass)
    {
        if (pass.Revision <= known.Pass.Revision)
        {
            return;
        }

        if (!AlertValue.IsClear(step.Rule, pass.Measured))
        {
            Withdraw(step, pass.Scene, pass.Revision, "the revised product does not see the area clearly");
            return;
        }

        // A scene's time may be known better now, but it keeps its place among the passes.
        var kept = step.Take(pass with { SensedAt = known.Pass.SensedAt }, known);
        step.Reassess(known, $"revision {pass.Revision} of {pass.Scene}");
        if (step.State.Open is null && kept is { IsLive: true, Value: not null }
            && kept.Pass.SensedAt == step.State.Newest)
        {
            step.Judge(kept);
        }
    }

    // A scene that was withdrawn may come again, as another revision, as long as nothing newer was seen.
    private static bool IsLate(AlertState state, AreaPass pass) => pass.SensedAt < state.Newest
        || (pass.SensedAt == state.Newest && !state.Withdrawn.Any(entry => entry.Scene == pass.Scene));

    private static void Withdraw(AlertStep step, SceneId scene, int revision, string reason)
    {
        var known = step.State.Of(scene);
        if (known is not null && known.Pass.Revision > revision)
        {
            return;
        }

        step.Add(new AlertFact.PassWithdrawn(scene, revision, reason));
        if (known is not null)
        {
            step.Reassess(known, reason);
        }
    }
}
