using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Journal;

namespace SpexStream.Pipeline.Alerts;

/// <summary>The facts that fold to a book, in parts that fit into one append each.</summary>
internal static class AlertDigest
{
    // A kept pass takes about 500 bytes, 700 with a second opinion.
    private const int PassesPerPart = 2000;
    private const int PositionsPerPass = 16;
    private const int ScenesKept = 1024;

    private const int BytesOfRules = 1 << 20;

    public static IEnumerable<ImmutableArray<SceneFact>> Of(AlertBook book)
    {
        foreach (var rules in Split(
            [.. book.Rules.Values.Select(rule => new SceneFact.RuleUsed(rule)), .. book.Readings]))
        {
            yield return rules;
        }

        yield return [.. book.Judged.OrderBy(judged => judged.Since).TakeLast(ScenesKept)];
        var (part, passes) = (ImmutableArray.CreateBuilder<AlertSnapshot>(), 0);
        foreach (var state in book.States)
        {
            part.Add(AlertSnapshot.Of(state));
            passes += 2 + state.Passes.Length + ((state.Open?.Change?.PositionCount ?? 0) / PositionsPerPass);
            if (passes >= PassesPerPart)
            {
                yield return [new SceneFact.AlertsRestated(part.ToImmutable())];
                part.Clear();
                passes = 0;
            }
        }

        if (part.Count > 0)
        {
            yield return [new SceneFact.AlertsRestated(part.ToImmutable())];
        }
    }

    /// <summary>Facts of rules in parts that fit into one append each.</summary>
    public static IEnumerable<ImmutableArray<SceneFact>> Split(ImmutableArray<SceneFact> rules)
    {
        var (part, bytes) = (ImmutableArray.CreateBuilder<SceneFact>(), 0L);
        foreach (var fact in rules)
        {
            var more = AlertStreamWeight.Of(fact);
            // A long rule stands alone: beside others it might not fit.
            if (part.Count > 0 && bytes + more > BytesOfRules)
            {
                yield return part.ToImmutable();
                part.Clear();
                bytes = 0;
            }

            part.Add(fact);
            bytes += more;
        }

        if (part.Count > 0)
        {
            yield return part.ToImmutable();
        }
    }
}
