using SpexStream.Messaging.Mqtt.Session;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>Opens network connections; what a library for the protocol has to bring, with the queue, the reader and
/// the writer of <see cref="MqttLink"/>.</summary>
internal interface ILinkOpener
{
    /// <summary>Connects, secures and introduces us, within the connect timeout of the options.</summary>
    /// <exception cref="Domain.Ports.Mqtt.MqttRefusedException">The broker said no.</exception>
    Task<MqttLink> OpenAsync(MqttSession session, bool isFirst, CancellationToken cancellation);
}
