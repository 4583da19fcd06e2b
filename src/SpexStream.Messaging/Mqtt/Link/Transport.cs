using System.Net.Security;
using System.Net.Sockets;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>The bytes between us and the broker: TCP, with TLS where asked for.</summary>
internal sealed class Transport : IAsyncDisposable
{
    // Payloads are megabytes. On loopback this is as fast as the system's own choice; with 8 KiB, a common default of
    // libraries, 64 MiB messages fall below 40 MB/s.
    private const int SocketBufferBytes = 1 << 20;

    private readonly Socket _socket;

    private Transport(Socket socket, Stream stream) => (_socket, Stream) = (socket, stream);

    public Stream Stream { get; }

    public static async Task<Transport> OpenAsync(MqttConnectionOptions options, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            SendBufferSize = SocketBufferBytes,
            ReceiveBufferSize = SocketBufferBytes,
        };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, cancellation).ConfigureAwait(false);
            var plain = new NetworkStream(socket, ownsSocket: true);
            var stream = options.Tls is { } tls
                ? await TlsOpening.SecureAsync(plain, tls, options.Host, cancellation).ConfigureAwait(false)
                : (Stream)plain;
            return new Transport(socket, stream);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Says that we send no more and reads on until the broker closes too. Closing with unread bytes would reset the
    /// connection, and the reset may overtake our last acknowledgements.
    /// </summary>
    public async Task CloseGentlyAsync(CancellationToken cancellation)
    {
        if (Stream is SslStream secure)
        {
            await secure.ShutdownAsync().WaitAsync(cancellation).ConfigureAwait(false);
        }

        _socket.Shutdown(SocketShutdown.Send);
        var scrap = new byte[64 << 10];
        while (await _socket.ReceiveAsync(scrap, cancellation).ConfigureAwait(false) > 0)
        {
        }
    }

    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}
