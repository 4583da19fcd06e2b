using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Alerts;

/// <summary>What alerts are judged with.</summary>
public sealed record AlertJudgeTools
{
    /// <summary>Where scenes and alerts are kept.</summary>
    public required ISceneJournal Journal { get; init; }

    /// <summary>Puts what happens into messages.</summary>
    public required IAlertMessages Messages { get; init; }

    /// <summary>Name of this node, the same over restarts: by it the journal knows what rules it read last.</summary>
    public required string Node { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Measures products that nobody measured when they were made; null to leave them.</summary>
    public LateMeasurer? Late { get; init; }

    /// <summary>Told of each change of an alert that was written down; must not block.</summary>
    public Action<AlertRule, AlertFact.AlertChanged> OnChange { get; init; } = (_, _) => { };

    /// <summary>Told, once, of each change of an alert that another node has written down since this one began; must
    /// not block.</summary>
    public Action<RuleId, AlertFact.AlertChanged> OnHeard { get; init; } = (_, _) => { };

    /// <summary>Told of each scene that cannot be judged, its trace context (null where it is not known), and why;
    /// others are. Must not block.</summary>
    public Action<SceneId, string?, Exception> OnPassedOver { get; init; } = (_, _, _) => { };

    /// <summary>Told once of each scene that cannot be found because the journal's row of it is damaged; others are
    /// found and judged. Must not block.</summary>
    public Action<string> OnUnlisted { get; init; } = _ => { };

    /// <summary>Told of areas that passes do not see enough of to judge, those of one rule together; each rule and area
    /// once, until it is seen. Must not block.</summary>
    public Action<AlertRule, IReadOnlyList<UnseenArea>> OnUnseen { get; init; } = (_, _) => { };

    /// <summary>Told when the rules of another node, which differ, begin to judge in place of this one's, and with null
    /// when that is over; must not block.</summary>
    public Action<string?> OnRival { get; init; } = _ => { };

    /// <summary>Told of each time that another node was first, and when the journal does not answer: once until it
    /// does, or gives another reason. Must not block.</summary>
    public Action<Exception> OnDelay { get; init; } = _ => { };

    /// <summary>Told when the journal answers again; must not block.</summary>
    public Action OnGoesOn { get; init; } = () => { };

    /// <summary>The node that carries the messages of all to the broker now; null while none does. This one, unless it
    /// shares its journal.</summary>
    public Func<CancellationToken, ValueTask<string?>>? Carrier { get; init; }
}
