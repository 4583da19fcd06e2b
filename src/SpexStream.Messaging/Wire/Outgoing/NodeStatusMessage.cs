using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Messaging.Wire.Outgoing;

/// <summary>Retained state of a node, and its last will.</summary>
public static class NodeStatusMessage
{
    private const string Devices = "devices";
    private const string Reason = "reason";

    /// <summary>
    /// The message; refresh it well within its expiry. Devices or a reason that do not fit are left out, and named in
    /// "omitted".
    /// </summary>
    public static OutgoingMessage Encode(NodeStatus status, WireContext context) => MessageFitting.Fit(
        Omission.Forms(GeometryChoice.Of([], null, null), Devices, Reason),
        form => EventEnvelope.Seal(
            new SpexTopic.NodeState(context.Station, status.Node),
            new()
            {
                Type = EventTypes.NodeStatus,
                Subject = status.Node,
                DataId = DataId.OfNode(context.Station, status.Node),
            },
            Delivery.NodeState,
            MediaTypes.Json,
            context,
            writer => writer.Object(() =>
            {
                writer.Text("node", status.Node);
                writer.Text("state", Name(status.State));
                writer.Text("reason", form.Has(Reason) ? null : status.Reason);
                writer.Text("version", status.Version);
                writer.Time("started", status.StartedAt);
                writer.Texts("devices", form.Has(Devices) ? [] : status.Devices);
                writer.Texts("omitted", form.All);
                writer.Clock("updated", context.Now);
            })));

    /// <summary>
    /// What the broker says when the connection breaks. A will cannot be changed later, so a clean stop publishes
    /// <see cref="NodeState.Offline"/> itself. The time in it is that of the connection.
    /// </summary>
    public static OutgoingMessage Will(NodeStatus status, WireContext context) =>
        Encode(status with { State = NodeState.Offline, Reason = "connection lost" }, context);

    private static string Name(NodeState state) => state switch
    {
        NodeState.Online => "online",
        NodeState.Paused => "paused",
        NodeState.Draining => "draining",
        NodeState.Offline => "offline",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
