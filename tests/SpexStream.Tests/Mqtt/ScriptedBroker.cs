using System.Net;
using System.Net.Sockets;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Codec;

namespace SpexStream.Tests.Mqtt;

/// <summary>A broker whose every packet is written by the test, on a loopback port.</summary>
internal sealed class ScriptedBroker : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ScriptedBroker() => _listener.Start();

    public MqttConnectionOptions Options => new()
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
        ClientId = "client",
        Backoff = new() { First = TimeSpan.FromMilliseconds(5), Longest = TimeSpan.FromMilliseconds(50) },
    };

    /// <summary>Waits for the next network connection.</summary>
    public async Task<ScriptedPeer> AcceptAsync() =>
        new(await _listener.AcceptTcpClientAsync().WaitAsync(ScriptedPeer.Limit));

    /// <summary>Waits for the next network connection and lets it in.</summary>
    public async Task<ScriptedPeer> WelcomeAsync(bool sessionPresent = false, PropertyBag? properties = null)
    {
        var peer = await AcceptAsync();
        await peer.ReadAsync<ConnectPacket>();
        await peer.SendAsync(new ConnackPacket(sessionPresent, MqttReasonCode.Success, properties ?? new()));
        return peer;
    }

    public void Dispose() => _listener.Dispose();
}
