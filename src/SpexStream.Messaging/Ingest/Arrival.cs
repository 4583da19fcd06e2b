using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Wire.Announcements;

namespace SpexStream.Messaging.Ingest;

/// <summary>
/// A message that came in and is not settled yet. Its payload can be let go long before it is acknowledged: what waits
/// for room then holds no memory, only a place in the broker's Receive Maximum.
/// </summary>
internal sealed class Arrival(IMqttDelivery delivery) : IDisposable
{
    private OriginalPayload? _original;
    private AnnouncementMark? _mark;

    /// <summary>The message; not after <see cref="LetGo"/>.</summary>
    public InboundMessage Message { get; } = new(
        delivery.Message.Topic,
        delivery.Message.Payload,
        delivery.Message.ContentType,
        [.. delivery.Message.UserProperties.Select(property => new UserProperty(property.Name, property.Value))]);

    /// <summary>The traces of the message, for a dead letter.</summary>
    public OriginalPayload Original => _original ??= OriginalPayload.Of(Message);

    /// <summary>By what copies of the message are recognised.</summary>
    public AnnouncementMark Mark => _mark ??= AnnouncementMark.Of(
        Message.Topic, Original.Sha256,
        Message.UserProperties.Where(property => property.Name == StripAnnouncementDecoder.ItemProperty)
            .Select(property => property.Value).FirstOrDefault());

    /// <summary>The scene whose strip it holds, once that is known; null when it holds none.</summary>
    public TaskCompletionSource<SceneId?> Scene { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the message is settled.</summary>
    public Task Settled { get; set; } = Task.CompletedTask;

    /// <summary>Gives the payload's memory back; the traces stay.</summary>
    public void LetGo()
    {
        (_, _) = (Original, Mark);
        delivery.Dispose();
    }

    /// <summary>Tells the broker that the message is settled; false when it will come again all the same.</summary>
    public ValueTask<bool> AcknowledgeAsync() => delivery.AcknowledgeAsync();

    /// <inheritdoc/>
    public void Dispose() => delivery.Dispose();
}
