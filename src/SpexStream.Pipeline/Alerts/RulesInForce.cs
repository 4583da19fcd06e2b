using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Journal;

namespace SpexStream.Pipeline.Alerts;

/// <summary>Puts the rules that a node has read in force for all nodes of its journal, where they are a change, and
/// says whose judge. One task at a time but for <see cref="Rival"/>.</summary>
internal sealed class RulesInForce(AlertJudgeTools tools, AlertPen pen)
{
    private RuleSet? _read;
    private string? _version;
    private volatile string? _rival;

    /// <summary>The node whose rules judge in place of this one's, which are others; null while this one's do. Safe for
    /// several threads.</summary>
    public string? Rival => _rival;

    /// <summary>Takes notice of the rules of the node.</summary>
    /// <returns>Whether nothing was in force before: then nothing was judged.</returns>
    public async ValueTask<bool> UseAsync(AlertStream stream, RuleSet rules)
    {
        var isRead = ReferenceEquals(rules, _read);
        var version = isRead ? _version! : rules.Digest();
        var isFirst = IsNothingInForce(stream.Book, version);
        // Only when this node has read something new, or nothing is in force: what others put in force since is newer.
        if (isFirst || (!isRead && stream.Book.ReadBy(tools.Node) != version))
        {
            await ReplaceAsync(stream, rules, version);
        }

        (_read, _version) = (rules, version);
        return isFirst;
    }

    /// <summary>Says so when others judge than before.</summary>
    public void Compare(AlertBook book)
    {
        var rival = book.InForce is not { } inForce || inForce.Version == _version ? null : inForce.Node;
        if (rival != _rival)
        {
            _rival = rival;
            tools.OnRival(rival);
        }
    }

    // The node whose rules judged has none any more: then those of the nodes that have some are better than nothing.
    private static bool IsNothingInForce(AlertBook book, string version) =>
        book.InForce?.Version == AlertFarewell.NoRules && version != AlertFarewell.NoRules;

    private async ValueTask ReplaceAsync(AlertStream stream, RuleSet rules, string version)
    {
        await pen.WriteAsync(stream, rules, AlertDesk.Orphaned(stream.Book, rules), []);
        var facts = AlertDesk.Replaced(stream.Book, rules)
            .AddRange(AlertDesk.Dropped(stream.Book, rules, tools.Time.GetUtcNow()))
            .Add(new SceneFact.RulesRead(tools.Node, version));
        foreach (var part in AlertDigest.Split(facts))
        {
            await stream.WriteAsync(part, []);
        }
    }
}
