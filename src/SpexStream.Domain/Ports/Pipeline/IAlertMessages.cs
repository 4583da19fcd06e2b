using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Messages;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>Puts what happens to alerts into messages for the broker, serialised once. Safe for use from several
/// threads.</summary>
public interface IAlertMessages
{
    /// <summary>Whether they are meant to be acted on; else every one says that it is a test.</summary>
    bool IsActual { get; }

    /// <summary>What subscribers are told of a change, and what becomes of the alert's retained state.</summary>
    /// <param name="rule">The rule that judged.</param>
    /// <param name="area">The area; without polygons where its outline is not known any more.</param>
    /// <param name="fact">The change.</param>
    ImmutableArray<OutgoingMessage> Tell(AlertRule rule, AreaOfInterest area, AlertFact.AlertChanged fact);
}
