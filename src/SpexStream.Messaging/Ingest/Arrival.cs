using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Ingest;

/// <summary>
/// A message that came in and is not settled yet. Its payload can be let go long before it is acknowledged: what waits
/// for room then holds no memory, only a place in the broker's Receive Maximum.
/// </summary>
internal sealed class Arrival(IMqttDelivery delivery) : IDisposable
{
    private OriginalPayload? _original;

    /// <summary>The message; not after <see cref="LetGo"/>.</summary>
    public InboundMessage Message { get; } = new(
        delivery.Message.Topic,
        delivery.Message.Payload,
        delivery.Message.ContentType,
        [.. delivery.Message.UserProperties.Select(property => new UserProperty(property.Name, property.Value))]);

    /// <summary>The traces of the message, for a dead letter.</summary>
    public OriginalPayload Original => _original ??= OriginalPayload.Of(Message);

    /// <summary>The scene whose strip it holds, once that is known; null when it holds none.</summary>
    public TaskCompletionSource<SceneId?> Scene { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the message is settled.</summary>
    public Task Settled { get; set; } = Task.CompletedTask;

    /// <summary>Gives the payload's memory back; the traces stay.</summary>
    public void LetGo()
    {
        _ = Original;
        delivery.Dispose();
    }

    /// <summary>Tells the broker that the message is settled.</summary>
    public async ValueTask AcknowledgeAsync() => await delivery.AcknowledgeAsync();

    /// <inheritdoc/>
    public void Dispose() => delivery.Dispose();
}
