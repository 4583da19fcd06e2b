using System.Text.RegularExpressions;

namespace SpexStream.IntegrationTests.Support;

/// <summary>What is known of a metric.</summary>
/// <param name="Series">The labels of each series that a run has; empty where it has none.</param>
/// <param name="Words">What the documentation says of it; its words are the labels and values that it may have.</param>
internal sealed record KnownMetric(IReadOnlyList<IReadOnlyDictionary<string, string>> Series, string Words);

/// <summary>Holds a query of Prometheus against what a run has: every metric, label and value that it asks for. Not a
/// parser of the whole language, only of what our rules and boards use.</summary>
internal sealed partial class QueryCheck(IReadOnlyDictionary<string, KnownMetric> known)
{
    /// <summary>Faults of a query, and of the labels that are shown of its answer.</summary>
    public IEnumerable<string> Faults(string query, IEnumerable<string> shown)
    {
        var asked = Selector().Matches(query).ToArray();
        if (asked.Length == 0 && !query.StartsWith("vector(", StringComparison.Ordinal))
        {
            yield return "asks for nothing that is known";
        }

        var labels = new HashSet<string>();
        foreach (var selector in asked)
        {
            if (selector.Groups["name"].Length == 0)
            {
                // Any metric at all, by a label that a run in good order does not have.
                labels.Add("__name__");
                continue;
            }

            if (Find(selector.Groups["name"].Value) is not { } metric)
            {
                yield return $"no run has {selector.Groups["name"].Value}";
                continue;
            }

            labels.UnionWith(metric.Series.SelectMany(series => series.Keys).Concat(
                metric.Series.Count == 0 ? Word().Matches(metric.Words).Select(word => word.Value) : []));
            foreach (var fault in Matching(metric, Matcher().Matches(selector.Groups["matchers"].Value)))
            {
                yield return $"{selector.Value}: {fault}";
            }
        }

        // The server adds these to what it scrapes.
        labels.UnionWith(["station", "instance", "job"]);
        foreach (var label in Grouping().Matches(query)
            .SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries))
            .Where(label => label.Length > 0).Concat(shown).Where(label => !labels.Contains(label)).Distinct())
        {
            yield return $"the label {label} belongs to nothing that is asked for";
        }
    }

    /// <summary>The metrics that a query asks for, without the endings of the parts of histograms.</summary>
    public static IEnumerable<string> Names(string query) =>
        Selector().Matches(query).Select(match => Part().Replace(match.Groups["name"].Value, string.Empty)).Distinct();

    private KnownMetric? Find(string name) =>
        known.GetValueOrDefault(name) ?? known.GetValueOrDefault(Part().Replace(name, string.Empty));

    // All of them have to hold for one series, or the documentation has the words, for what a run needs a cause for.
    private static IEnumerable<string> Matching(KnownMetric metric, MatchCollection matchers)
    {
        var wanted = matchers.Select(match => (
            Label: match.Groups[1].Value, IsNot: match.Groups[2].Value[0] == '!',
            Test: match.Groups[2].Value.EndsWith('~')
                ? new Regex($"^(?:{Unescaped(match)})$")
                : new Regex($"^{Regex.Escape(Unescaped(match))}$"),
            Text: Unescaped(match))).Where(want => want.Label != "__name__").ToArray();
        foreach (var (label, _, _, _) in wanted.Where(want => want.Label is not ("station" or "instance" or "job")))
        {
            if (metric.Series.Count > 0 && !metric.Series.Any(series => series.ContainsKey(label)))
            {
                yield return $"no series has the label {label}";
            }
        }

        var holds = metric.Series.Any(series => wanted.All(want =>
            want.Test.IsMatch(series.GetValueOrDefault(want.Label, string.Empty)) != want.IsNot));
        if (holds)
        {
            yield break;
        }

        var words = Word().Matches(metric.Words).Select(word => word.Value).ToHashSet();
        foreach (var want in wanted.Where(want => !want.IsNot && want.Text != ".*"
            && want.Label is not ("station" or "instance" or "job" or "le")))
        {
            foreach (var value in want.Text.Split('|').Where(value => !value.Contains(".+") && !words.Contains(value)))
            {
                yield return $"nothing says that {want.Label} may be {value}";
            }
        }
    }

    private static string Unescaped(Match match) =>
        match.Groups[3].Value.Replace("\\\\", "\\", StringComparison.Ordinal);

    [GeneratedRegex(
        """
        (?<![\w:."])(?<name>(?:(?:spex|dotnet|process)[_:]\w[\w:]*)|up|ALERTS)\b(?:\{(?<matchers>[^}]*)\})?
        |(?<name>)\{(?<matchers>[^}]*)\}
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Selector();

    [GeneratedRegex("""(\w+)\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)["]""")]
    private static partial Regex Matcher();

    [GeneratedRegex(@"\b(?:by|on|without|ignoring)\s*\(([^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex("(?<=_(seconds|ratio|size))_(bucket|sum|count)$")]
    private static partial Regex Part();

    [GeneratedRegex("[A-Za-z0-9_]+(?:-[A-Za-z0-9]+)*")]
    private static partial Regex Word();
}
