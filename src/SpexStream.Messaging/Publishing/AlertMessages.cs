using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Messaging.Wire.Alerts;

namespace SpexStream.Messaging.Publishing;

/// <summary>Puts what happens to alerts into messages: GeoJSON, its CAP twin, and the retained state.</summary>
/// <param name="identity">Who speaks.</param>
/// <param name="time">The clock.</param>
/// <param name="isActual">Whether alerts are meant to be acted on; else every one says that it is a test.</param>
public sealed class AlertMessages(StationIdentity identity, TimeProvider time, bool isActual) : IAlertMessages
{
    /// <inheritdoc/>
    public bool IsActual => isActual;

    /// <inheritdoc/>
    public ImmutableArray<OutgoingMessage> Tell(AlertRule rule, AreaOfInterest area, AlertFact.AlertChanged fact)
    {
        var notice = AlertNotices.Of(
            rule, area, fact, isActual ? AlertStatus.Actual : AlertStatus.Test,
            isActual ? AlertScope.Public : AlertScope.Restricted);
        var context = identity.Context(time.GetUtcNow()) with { TraceParent = notice.TraceParent };
        if (notice is { IsMessage: true, IsOpen: true })
        {
            var (change, state) = AlertMessage.EncodeBoth(notice, area, context);
            return [change, CapMessage.Encode(notice, area, context), state];
        }

        var alone = notice.IsOpen
            ? AlertMessage.EncodeState(notice, area, context)
            : AlertMessage.ClearState(notice, context);
        return notice.IsMessage
            ? [AlertMessage.Encode(notice, area, context), CapMessage.Encode(notice, area, context), alone]
            : [alone];
    }
}
