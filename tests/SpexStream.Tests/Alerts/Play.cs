using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using Xunit;

namespace SpexStream.Tests.Alerts;

/// <summary>
/// The life of one rule in one area, day by day. After each step it checks what must hold whatever happens: the same
/// input again does nothing, and the facts alone give the same state.
/// </summary>
internal sealed class Play(AlertRule rule)
{
    public const double Hectares = 100;

    private static readonly DateTimeOffset Start = new(2026, 4, 1, 10, 0, 0, TimeSpan.Zero);
    private readonly List<AlertFact> _facts = [];

    public AlertState State { get; private set; } = new(rule.Id, AreaId.Parse("meadow"));

    public AlertRule Rule { get; set; } = rule;

    public IReadOnlyList<AlertFact> Facts => _facts;

    public AlertStanding Told => _facts.OfType<AlertFact.AlertChanged>().Last().Standing;

    public static AlertRule Water(double enter = 5, double exit = 2) => new()
    {
        Id = RuleId.Parse("flood"),
        Areas = [],
        Class = LandCoverClass.Water,
        Metric = AlertMetric.Area,
        Enter = enter,
        Exit = exit,
        Severities = [new(enter, AlertSeverity.Moderate), new(20, AlertSeverity.Severe)],
    };

    public static DateTimeOffset Day(double day) => Start + TimeSpan.FromDays(day);

    public static AreaPass Pass(
        double day, double hectares, double clear = 1, int revision = 1, string backend = "spectral",
        string? scene = null) => new(
            SceneId.Parse(scene ?? $"s{day}"), revision, Day(day), backend, new AreaMeasurement
            {
                ClearShare = clear,
                ClearSquareMetres = clear * Hectares * 10_000,
                ClassSquareMetres = hectares * 10_000,
                LargestSquareMetres = hectares * 10_000,
            });

    /// <summary>A pass that is processed an hour after it was sensed.</summary>
    public AlertTransition[] See(double day, double hectares, double clear = 1, string backend = "spectral") =>
        Do(new AlertInput.Observed(Pass(day, hectares, clear, 1, backend)), day + (1 / 24.0));

    public AlertTransition[] Revise(
        double day, double hectares, int revision, double at, string backend = "spectral") =>
        Do(new AlertInput.Observed(Pass(day, hectares, 1, revision, backend)), at);

    public AlertTransition[] Retract(double day, double at, int revision = 1) =>
        Do(new AlertInput.Retracted(SceneId.Parse($"s{day}"), revision, "bad calibration"), at);

    public AlertTransition[] Tick(double at) => Do(new AlertInput.Tick(), at);

    public AlertTransition[] Do(AlertInput input, double at)
    {
        var (next, facts) = AlertLife.Step(Rule, State, input, Day(at));
        Assert.Empty(AlertLife.Step(Rule, next, input, Day(at)).Facts);
        _facts.AddRange(facts);
        State = next;
        var folded = _facts.Aggregate(new AlertState(Rule.Id, State.Area), (state, fact) => state.Apply(fact));
        Assert.Equal((State.Open, State.Ended, State.Newest), (folded.Open, folded.Ended, folded.Newest));
        Assert.Equal(State.Passes.ToArray(), folded.Passes.ToArray());
        return [.. facts.OfType<AlertFact.AlertChanged>().Select(fact => fact.Transition)];
    }
}
