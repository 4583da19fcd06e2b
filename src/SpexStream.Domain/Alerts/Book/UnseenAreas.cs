using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Alerts.Book;

/// <summary>
/// Finds the areas that passes measure again and again and never see enough of to judge, which nobody would hear of
/// else: they lie on two scenes, are larger than one, or are under cloud. Counts since it was made; what another node
/// sees is known by the book. One thread at a time but for <see cref="Count"/>.
/// </summary>
/// <param name="most">How many rules in areas are counted at once; those beyond it are passed over.</param>
public sealed class UnseenAreas(int most = 100_000)
{
    /// <summary>Passes in a row after which an area is told whose needed share never lay on one scene.</summary>
    public const int PassesCut = 10;

    /// <summary>Passes in a row after which any other is told; clouds may last.</summary>
    public const int PassesHidden = 30;

    private readonly Dictionary<AlertKey, Run> _runs = [];
    private RuleSet? _rules;
    private volatile int _count;

    /// <summary>How many rules in areas are told and not seen since.</summary>
    public int Count => _count;

    /// <summary>Takes note of what a scene says. As where alerts are judged, what was sensed before the newest clear
    /// pass, or is in the future, says nothing; nor does a revision, or a replay, of what was counted.</summary>
    /// <param name="book">Where all stands, before the scene is judged.</param>
    /// <param name="scene">The scene.</param>
    /// <param name="work">What is to be judged of it.</param>
    /// <param name="now">The clock.</param>
    /// <returns>What is to be told: each rule and area once, until it is seen.</returns>
    public ImmutableArray<UnseenArea> Note(
        AlertBook book, SceneId scene, ImmutableArray<AlertWork> work, DateTimeOffset now)
    {
        var isRevision = book.HasJudged(scene, 0, isWithdrawn: false);
        var told = ImmutableArray.CreateBuilder<UnseenArea>();
        foreach (var (rule, area, input) in work)
        {
            var newest = book.StateOf(rule.Id, area).Newest;
            if (input is not AlertInput.Observed { Pass: var pass } || pass.SensedAt <= newest
                || pass.SensedAt > now + AlertLife.ClockTolerance)
            {
                continue;
            }

            var key = new AlertKey(rule.Id, area);
            if (AlertValue.IsClear(rule, pass.Measured))
            {
                _runs.Remove(key);
            }
            else if (!isRevision && RunOf(key, newest) is { } run && !(pass.SensedAt <= run.Last))
            {
                var next = run.And(pass);
                var isTold = next.Passes >= (IsCut(rule, next) ? PassesCut : PassesHidden);
                _runs[key] = next with { IsTold = run.IsTold || isTold };
                if (isTold && !run.IsTold)
                {
                    told.Add(new(rule, area, next.Passes, next.Seen, next.OnScene));
                }
            }
        }

        Recount();
        return told.ToImmutable();
    }

    /// <summary>Leaves out what was seen since, by whichever node, and what rules do not watch any more.</summary>
    /// <param name="book">Where all stands.</param>
    /// <param name="rules">The rules and areas of this node; those of before are looked at once.</param>
    public void Tidy(AlertBook book, RuleSet rules)
    {
        var areas = ReferenceEquals(rules, _rules) ? null : rules.Index.Areas.Select(area => area.Id).ToHashSet();
        _rules = rules;
        foreach (var (key, run) in _runs)
        {
            var isWatched = areas is null || (areas.Contains(key.Area)
                && book.Rules.GetValueOrDefault(key.Rule)?.Watches(key.Area) == true);
            if (!isWatched || book.StateOf(key.Rule, key.Area).Newest != run.Newest)
            {
                _runs.Remove(key);
            }
        }

        Recount();
    }

    private static bool IsCut(AlertRule rule, Run run) => run.OnScene * 100 < rule.MinimumClearPercent;

    // A clear pass that another node judged ends a run as well; null where there is no room for one more.
    private Run? RunOf(AlertKey key, DateTimeOffset? newest) =>
        _runs.TryGetValue(key, out var run) && run.Newest == newest ? run
        : _runs.ContainsKey(key) || _runs.Count < most ? new(newest) : null;

    private void Recount() => _count = _runs.Values.Count(run => run.IsTold);

    // Since the newest clear pass that the book knew when it began.
    private sealed record Run(DateTimeOffset? Newest)
    {
        public int Passes { get; private init; }

        public double Seen { get; private init; }

        public double OnScene { get; private init; }

        // When the last of them was sensed.
        public DateTimeOffset? Last { get; private init; }

        public bool IsTold { get; init; }

        public Run And(AreaPass pass) => this with
        {
            Passes = Passes + 1,
            Seen = Math.Max(Seen, pass.Measured.ClearShare),
            OnScene = Math.Max(OnScene, pass.Measured.OnScene ?? 1),
            Last = pass.SensedAt,
        };
    }
}
