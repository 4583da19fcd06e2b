using System.Net;
using System.Net.Sockets;

namespace SpexStream.IntegrationTests.Support;

/// <summary>Passes bytes between a client and a server on loopback, until it is cut: then both sides lose their network
/// connection without a goodbye, and new ones are refused.</summary>
public sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _cut = new();
    private readonly List<Task> _relays = [];
    private CancellationTokenSource _drop = new();
    private readonly Task _accepting;
    private readonly int _target;

    public TcpRelay(int targetPort)
    {
        _target = targetPort;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Loses the connections that there are; new ones are taken.</summary>
    public void Drop() => Interlocked.Exchange(ref _drop, new CancellationTokenSource()).Cancel();

    public async Task CutAsync()
    {
        await _cut.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_relays);
    }

    public async ValueTask DisposeAsync()
    {
        await CutAsync();
        _listener.Dispose();
        _cut.Dispose();
        _drop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_cut.Token);
                _relays.Add(RelayAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            // Cut.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, CancellationToken.None);
            await using var near = client.GetStream();
            await using var far = server.GetStream();
            using var end = CancellationTokenSource.CreateLinkedTokenSource(_cut.Token, _drop.Token);
            await Task.WhenAny(near.CopyToAsync(far, end.Token), far.CopyToAsync(near, end.Token));
        }
    }
}
