using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Journal;

namespace SpexStream.Pipeline.Alerts;

/// <summary>The facts that fold to a book, in parts that fit into one append each.</summary>
internal static class AlertDigest
{
    // A kept pass takes about 500 bytes.
    private const int PassesPerPart = 2000;
    private const int ScenesKept = 1024;

    public static IEnumerable<ImmutableArray<SceneFact>> Of(AlertBook book)
    {
        yield return
        [
            .. book.Rules.Values.Select(rule => new SceneFact.RuleUsed(rule)),
            .. book.Judged.OrderBy(judged => judged.Since).TakeLast(ScenesKept),
        ];
        var (part, passes) = (ImmutableArray.CreateBuilder<AlertSnapshot>(), 0);
        foreach (var state in book.States)
        {
            part.Add(AlertSnapshot.Of(state));
            passes += 2 + state.Passes.Length;
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
}
