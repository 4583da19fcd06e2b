using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Change;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Rules;

namespace SpexStream.Domain.Alerts.Life;

/// <summary>One step of a life under way: facts are applied as they are decided. Used for one input.</summary>
internal sealed class AlertStep(AlertRule rule, AlertState state, DateTimeOffset now, AlertInput input)
{
    private const string OtherReference = "the reference mask is another than before, so the values do not compare";
    private readonly ImmutableArray<AlertFact>.Builder _facts = ImmutableArray.CreateBuilder<AlertFact>();

    public AlertRule Rule => rule;

    public DateTimeOffset Now => now;

    public AlertState State { get; private set; } = state;

    public ImmutableArray<AlertFact> Facts => _facts.ToImmutable();

    public void Add(AlertFact fact)
    {
        if (fact is AlertFact.AlertChanged { Standing: var standing } changed)
        {
            // What no scene did, such as a rule that is gone, is told under the trace before.
            fact = changed with
            {
                Standing = standing with
                {
                    TraceParent = input.TraceParent ?? standing.TraceParent,
                    IsActual = input.IsActual,
                },
            };
        }

        _facts.Add(fact);
        State = State.Apply(fact);
    }

    /// <summary>Judges the number of a pass and keeps it.</summary>
    /// <param name="pass">A clear pass.</param>
    /// <param name="before">The same scene's pass that it replaces; null for a new one.</param>
    public KeptPass Take(AreaPass pass, KeptPass? before)
    {
        var others = State.Passes.Where(kept => kept.Pass.Scene != pass.Scene && kept.Pass.SensedAt < pass.SensedAt);
        var alert = State.Open ?? (before is null ? null : State.Ended);
        var usual = alert is not null && pass.SensedAt >= alert.FirstSeen
            ? alert.UsualShare : AlertValue.UsualShare(rule, others, pass.Outline);
        var value = AlertValue.Of(rule, pass.Measured, usual);
        var enters = value is { } number && rule.Enters(number);
        var kept = new KeptPass
        {
            Pass = pass,
            Value = value,
            Enters = enters,
            IsLive = before?.IsLive ?? now - pass.SensedAt <= rule.MaxAge,
            IsUsual = !enters && (before?.IsUsual ?? State.Open is null),
            Backends = enters ? [.. before?.Backends ?? [], pass.Backend] : [],
            AgreedBy = enters ? AlertAgreement.With(rule, pass, usual) : null,
        };
        Add(new AlertFact.PassTaken(kept));
        return kept;
    }

    /// <summary>Lets the newest pass, which is live and has a value, do what it does to the alert.</summary>
    public void Judge(KeptPass kept)
    {
        var value = kept.Value!.Value;
        if (State.Open is not { } open)
        {
            if (kept.Enters && kept.Pass.SensedAt >= State.QuietUntil)
            {
                Raise(kept, value);
            }

            return;
        }

        var passes = PassesOf(open);
        var next = Standing(open, passes);
        var note = IsSameReference(open, next) ? null : OtherReference;
        if (!rule.Holds(value))
        {
            // A provisional alert waits for as long as it can still be confirmed.
            if (next.Phase == AlertPhase.Confirmed || !CanBeConfirmed(passes))
            {
                End(AlertTransition.Cleared, next, note);
                return;
            }

            Tell(note is null ? AlertTransition.Extended : AlertTransition.Updated, open, next, note);
            return;
        }

        var transition = next.Phase > open.Phase ? AlertTransition.Confirmed
            : note is not null || IsWorthTelling(open, next) ? AlertTransition.Updated : AlertTransition.Extended;
        Tell(transition, open, next, note);
    }

    /// <summary>Looks again at the alert that a pass had a part in, after the pass was changed or withdrawn.</summary>
    /// <param name="changed">The pass as it was.</param>
    /// <param name="reason">What happened to it.</param>
    public void Reassess(KeptPass changed, string reason)
    {
        if ((State.Open ?? State.Ended) is not { } alert || !alert.Scenes.Contains(changed.Pass.Scene))
        {
            return;
        }

        var passes = PassesOf(alert);
        var wasFirst = changed.Pass.SensedAt == alert.FirstSeen;
        // Of a very long alert the first passes are not kept; then nobody can tell that it should not have been, as
        // long as any that is kept speaks for it.
        var isWhole = !(State.DroppedUpTo >= alert.FirstSeen);
        var hits = passes.Count(kept => kept.Enters);
        // A revision that shows it still takes nothing away, by whatever mask it was measured.
        var isStillThere = State.Of(changed.Pass.Scene) is { Enters: true };
        var restsOnNothing = isWhole
            ? hits == 0 || (AlertWindow.PhaseOf(rule, passes) < alert.Phase && !isStillThere)
            : hits == 0 && !passes.Any(kept => rule.Holds(kept.Value!.Value));
        if (restsOnNothing)
        {
            End(AlertTransition.Cancelled, Refreshed(alert, passes), reason);
        }
        else if (State.Open is not null)
        {
            var onset = wasFirst && hits > 0 ? passes.First(kept => kept.Enters).Pass.SensedAt : alert.FirstSeen;
            var next = Refreshed(alert with { FirstSeen = onset }, passes);
            reason += IsSameReference(alert, next) ? "" : $"; {OtherReference}";
            var isOver = passes[^1].Value is { } value && !rule.Holds(value)
                && (next.Phase == AlertPhase.Confirmed || !CanBeConfirmed(passes));
            if (isOver)
            {
                End(AlertTransition.Cleared, next, reason);
            }
            else
            {
                Tell(
                    next.Phase > alert.Phase ? AlertTransition.Confirmed : AlertTransition.Updated, alert, next,
                        reason);
            }
        }
    }

    /// <summary>Tells an open alert as it stands once more.</summary>
    public void Restate(AlertStanding open, string reason) => Tell(AlertTransition.Updated, open, open, reason);

    /// <summary>Ends an alert.</summary>
    public void End(AlertTransition transition, AlertStanding standing, string? reason)
    {
        var last = State.Open ?? State.Ended ?? standing;
        // That it has expired is not told, so the next message refers to the one before.
        var ended = transition == AlertTransition.Expired ? standing : Numbered(last, standing);
        DateTimeOffset? quiet = transition switch
        {
            AlertTransition.Cleared => ended.LastPass + rule.CoolDown,
            AlertTransition.Expired => ended.ExpiresAt + rule.CoolDown,
            _ => null,
        };
        Add(new AlertFact.AlertChanged(transition, ended, quiet, reason));
    }

    private void Raise(KeptPass kept, double value)
    {
        var usual = AlertValue.UsualShare(
            rule, State.Passes.Where(other => other.Pass.SensedAt < kept.Pass.SensedAt), kept.Pass.Outline);
        var phase = AlertWindow.PhaseOf(rule, [kept]);
        Add(new AlertFact.AlertChanged(AlertTransition.Raised, new()
        {
            Id = AlertId.Of(State.Rule, State.Area, kept.Pass.Scene, kept.Pass.Revision),
            RuleVersion = rule.Version,
            Phase = phase,
            Confidence = AlertWindow.ConfidenceOf(rule, phase, [kept]),
            Severity = rule.SeverityOf(value),
            Number = 1,
            ToldAt = now,
            ToldBefore = null,
            ValueBefore = null,
            ToldValue = value,
            Value = value,
            UsualShare = usual,
            Reference = kept.Pass.Measured.Reference,
            FirstSeen = kept.Pass.SensedAt,
            LastSeen = kept.Pass.SensedAt,
            LastPass = kept.Pass.SensedAt,
            ExpiresAt = kept.Pass.SensedAt + rule.Expires,
            Count = 1,
            Scenes = [kept.Pass.Scene],
            Product = kept.Pass.Product,
            Change = ToldChange.Of(input, kept.Pass, null),
        }));
    }

    private void Tell(AlertTransition transition, AlertStanding before, AlertStanding next, string? reason) =>
        Add(new AlertFact.AlertChanged(
            transition,
            transition == AlertTransition.Extended ? next : Numbered(before, next),
            null,
            reason));

    private AlertStanding Numbered(AlertStanding before, AlertStanding next) => next with
    {
        Number = before.Number + 1,
        ToldAt = now,
        ToldBefore = before.ToldAt,
        ValueBefore = IsSameReference(before, next) ? before.ToldValue : null,
        ToldValue = next.Value,
    };

    private AlertStanding Standing(AlertStanding before, ImmutableArray<KeptPass> passes)
    {
        var newest = passes[^1];
        var next = Refreshed(before, passes);
        return next with { Count = before.Count + (newest.Enters ? 1 : 0) };
    }

    // Counts anew; right as long as all passes of the alert are kept.
    private AlertStanding Refreshed(AlertStanding before, ImmutableArray<KeptPass> passes)
    {
        if (passes.IsEmpty)
        {
            return before with { Count = 0, Scenes = [], Change = null };
        }

        var phase = before.Phase == AlertPhase.Confirmed ? before.Phase : AlertWindow.PhaseOf(rule, passes);
        var value = passes[^1].Value ?? before.Value;
        var supporting = passes.LastOrDefault(kept => kept.Value is { } number && rule.Holds(number));
        // Thresholds may have changed since: then what it began with may not hold it.
        var lastSeen = supporting?.Pass.SensedAt is { } seen && seen > before.FirstSeen ? seen : before.FirstSeen;
        return before with
        {
            RuleVersion = rule.Version,
            Phase = phase,
            Confidence = AlertWindow.ConfidenceOf(rule, phase, passes),
            Severity = rule.Holds(value) ? rule.SeverityOf(value) : before.Severity,
            Value = value,
            Reference = passes[^1].Pass.Measured.Reference ?? before.Reference,
            LastSeen = lastSeen,
            LastPass = passes[^1].Pass.SensedAt,
            ExpiresAt = lastSeen + rule.Expires,
            Count = passes.Count(kept => kept.Enters),
            Scenes = [.. passes.Select(kept => kept.Pass.Scene)],
            Product = passes[^1].Pass.Product,
            Change = ToldChange.Of(input, passes[^1].Pass, before.Change),
        };
    }

    private ImmutableArray<KeptPass> PassesOf(AlertStanding alert) =>
    [
        .. State.Passes.Where(kept => kept is { IsLive: true, Value: not null }
            && kept.Pass.SensedAt >= alert.FirstSeen
            && (State.Open is not null || kept.Pass.SensedAt <= alert.LastPass)),
    ];

    // By passes to come, together with hits among the last that a window of m holds beside them.
    private bool CanBeConfirmed(ImmutableArray<KeptPass> passes)
    {
        for (var ahead = 1; ahead <= rule.OutOfPasses; ahead++)
        {
            var last = passes.AsSpan(Math.Max(0, passes.Length - (rule.OutOfPasses - ahead))..);
            var hits = ReferenceWindow.Hits(last, passes[^1]);
            if (hits > 0 && hits + ahead >= rule.ConfirmPasses)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSameReference(AlertStanding one, AlertStanding other) =>
        AreaMeasurement.IsSameReference(one.Reference, other.Reference);

    private bool IsWorthTelling(AlertStanding told, AlertStanding next) =>
        next.Severity != told.Severity || next.Confidence != told.Confidence
        || Math.Abs(next.Value - told.ToldValue) > Math.Abs(told.ToldValue) * rule.UpdatePercent / 100;
}
