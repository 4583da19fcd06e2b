using System.Collections.Immutable;
using System.Text.Json.Nodes;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using static SpexStream.Messaging.Contract.Member;
using static SpexStream.Messaging.Contract.Shapes;

namespace SpexStream.Messaging.Contract;

/// <summary>What was refused or given up.</summary>
internal static class RefusalContracts
{
    private const string Address = "dlq/{stage}/{reason}";
    private const int Month = 30 * 24 * 3600;

    public static ImmutableArray<MessageContract> All() =>
    [
        Letter(EventTypes.StripRejected, "An announcement was refused", Perhaps("where", Text("The field"))),
        Letter(EventTypes.DeadLetter, "Something was given up", Perhaps("strip_index", Integer())),
    ];

    private static MessageContract Letter(string type, string says, Member own) => new(type, Address, says)
    {
        ContentType = MediaTypes.Json,
        ExpirySeconds = Month,
        Schema = Payload(own),
    };

    private static JsonObject Payload(Member own) => Thing(
        new("stage", Id()), new("reason", Id("Code for machines; never changes its meaning")),
        Perhaps("message", Text("For people")), new("attempts", Integer()), new("arrival", Integer()),
        Perhaps("scene_id", Id()), own, new("original", Parts.Original()), Perhaps("omitted", Parts.Omitted()),
        new("given_up", Time()));
}
