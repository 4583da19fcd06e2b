using SpexStream.Messaging.Mqtt.Session;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>Opens network connections of our own client.</summary>
internal sealed class LinkOpener(TimeProvider time) : ILinkOpener
{
    public async Task<MqttLink> OpenAsync(MqttSession session, bool isFirst, CancellationToken cancellation)
    {
        var options = session.Options;
        using var limit = new ConnectLimit(options, time, cancellation);
        Transport? transport = null;
        try
        {
            transport = await Transport.OpenAsync(options, limit.Token).ConfigureAwait(false);
            Liveness? liveness = null;
            var source = new PacketSource(
                transport.Stream, options.MaximumPacketBytes, () => Volatile.Read(ref liveness)?.Read());
            var answer = await Handshake
                .RunAsync(transport.Stream, source, Handshake.Request(options, isFirst), limit.Token)
                .ConfigureAwait(false);
            var limits = BrokerLimits.Of(answer.Properties, options.KeepAlive);
            Volatile.Write(ref liveness, new Liveness(limits.KeepAlive, time));
            var control = new ControlBuffer(session.WriterWork);
            var inbox = new LinkInbox(session, control, liveness);
            var link = new MqttLink(session, time, transport, control, inbox, liveness)
            {
                SessionPresent = answer.SessionPresent,
                Reader = new LinkReader(source, session, inbox),
                Writer = new LinkWriter(transport.Stream, session, control, limits, liveness),
            };
            transport = null;
            return link;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw limit.Exceeded();
        }
        finally
        {
            if (transport is not null)
            {
                await transport.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
