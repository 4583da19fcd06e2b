using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;

namespace SpexStream.Domain.Alerts.Book;

/// <summary>
/// Where every rule stands in every area, folded from the facts of the alerts' stream. Changed by <see cref="Apply"/>
/// alone. One thread at a time.
/// </summary>
public sealed class AlertBook
{
    /// <summary>Scenes whose judgement is remembered, only to save the work of judging them again.</summary>
    public const int MaxScenes = 4096;

    /// <summary>Nodes whose last reading of rules is remembered; beyond it the one that read longest ago is
    /// forgotten.</summary>
    public const int MaxNodes = 64;

    private readonly Dictionary<AlertKey, AlertState> _states = [];
    private readonly Dictionary<RuleId, AlertRule> _rules = [];
    private readonly Dictionary<SceneId, SceneFact.SceneJudged> _judged = [];
    private readonly Queue<SceneId> _oldest = [];
    private readonly HashSet<AlertKey> _open = [];
    private readonly List<SceneFact.RulesRead> _readings = [];

    /// <summary>All states, in no order.</summary>
    public IReadOnlyCollection<AlertState> States => _states.Values;

    /// <summary>The rules that judge.</summary>
    public IReadOnlyDictionary<RuleId, AlertRule> Rules => _rules;

    /// <summary>What each node read last, the latest reading last.</summary>
    public IReadOnlyList<SceneFact.RulesRead> Readings => _readings;

    /// <summary>The reading that <see cref="Rules"/> come from; null before the first.</summary>
    public SceneFact.RulesRead? InForce => _readings.LastOrDefault();

    /// <summary>Scenes that were judged lately.</summary>
    public IReadOnlyCollection<SceneFact.SceneJudged> Judged => _judged.Values;

    /// <summary>States with an open alert.</summary>
    public IEnumerable<AlertState> Open => _open.Select(key => _states[key]);

    /// <summary>A state; an empty one where nothing has happened.</summary>
    public AlertState StateOf(RuleId rule, AreaId area) =>
        _states.GetValueOrDefault(new(rule, area)) ?? new(rule, area);

    /// <summary>Whether this standing of a scene's product was judged, or a later one.</summary>
    public bool HasJudged(SceneId scene, int revision, bool isWithdrawn) =>
        _judged.GetValueOrDefault(scene) is { } known
        && (known.Revision > revision
            || (known.Revision == revision && (known.IsWithdrawn || !isWithdrawn)));

    /// <summary>The newest publication or withdrawal that was judged and is not in the future: the clock of the node
    /// that published it may be ahead. Null before the first.</summary>
    /// <param name="now">The clock.</param>
    public DateTimeOffset? JudgedUpTo(DateTimeOffset now) =>
        _judged.Values.Where(judged => judged.Since <= now).Max(judged => (DateTimeOffset?)judged.Since);

    /// <summary>Version of the rules that a node read last; null where none is known.</summary>
    public string? ReadBy(string node) => _readings.Find(reading => reading.Node == node)?.Version;

    /// <summary>When the next alert expires; null when none is open.</summary>
    public DateTimeOffset? NextTick() => Open.Min(AlertLife.NextTick);

    /// <summary>Takes one more fact; those of other kinds are passed over.</summary>
    public void Apply(SceneFact fact)
    {
        switch (fact)
        {
            case SceneFact.AlertsJudged judged:
                foreach (var entry in judged.Entries)
                {
                    Put(entry.Facts.Aggregate(StateOf(entry.Rule, entry.Area), (state, next) => state.Apply(next)));
                }

                break;
            case SceneFact.AlertsRestated restated:
                foreach (var snapshot in restated.States)
                {
                    Put(snapshot.Restore());
                }

                break;
            case SceneFact.SceneJudged judged:
                Remember(judged);
                break;
            case SceneFact.RuleUsed { Rule: var rule }:
                if (_rules.TryGetValue(rule.Id, out var before) && !AlertLife.GoesOnUnder(before, rule))
                {
                    Forget(rule.Id);
                }

                _rules[rule.Id] = rule;
                break;
            case SceneFact.RuleDropped dropped:
                Forget(dropped.Rule);
                _rules.Remove(dropped.Rule);
                break;
            case SceneFact.AreasDropped dropped:
                foreach (var area in dropped.Areas)
                {
                    Forget(new AlertKey(dropped.Rule, area));
                }

                break;
            case SceneFact.RulesRead reading:
                _readings.RemoveAll(before => before.Node == reading.Node);
                _readings.Add(reading);
                _readings.RemoveRange(0, Math.Max(0, _readings.Count - MaxNodes));
                break;
        }
    }

    private void Put(AlertState state)
    {
        var key = new AlertKey(state.Rule, state.Area);
        _states[key] = state;
        if (state.Open is null)
        {
            _open.Remove(key);
        }
        else
        {
            _open.Add(key);
        }
    }

    private void Remember(SceneFact.SceneJudged judged)
    {
        if (!_judged.ContainsKey(judged.Scene))
        {
            _oldest.Enqueue(judged.Scene);
        }

        _judged[judged.Scene] = judged;
        while (_oldest.Count > MaxScenes)
        {
            _judged.Remove(_oldest.Dequeue());
        }
    }

    // What was measured under one number says nothing of another.
    private void Forget(RuleId rule)
    {
        foreach (var key in _states.Keys.Where(key => key.Rule == rule).ToList())
        {
            Forget(key);
        }
    }

    private void Forget(AlertKey key)
    {
        _states.Remove(key);
        _open.Remove(key);
    }
}
