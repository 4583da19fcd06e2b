using System.Collections.Immutable;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;

namespace SpexStream.Messaging.Contract;

/// <summary>The twins of alerts in CAP 1.2; their schema is <c>docs/schemas/cap-1.2.xsd</c>.</summary>
internal static class CapContracts
{
    public static ImmutableArray<MessageContract> All() =>
    [
        .. new[]
        {
            EventTypes.AlertRaised, EventTypes.AlertUpdated, EventTypes.AlertCleared, EventTypes.AlertCancelled,
        }.Select(type => new MessageContract(
            type, "out/cap/{class}/{severity}/{area}", "The alert in the Common Alerting Protocol 1.2")
        {
            ContentType = MediaTypes.Cap,
        }),
    ];
}
