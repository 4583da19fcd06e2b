using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SpexStream.Daemon.Commands;

namespace SpexStream.Daemon.Demo;

/// <summary>A mosquitto of our own on a free loopback port, ended on dispose.</summary>
internal sealed class PrivateBroker : IDisposable
{
    private static readonly string[] Places = ["/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto",
        "/usr/bin/mosquitto"];
    private readonly Process _process;

    private PrivateBroker(Process process, int port) =>
        (_process, Port, Exited) = (process, port, process.WaitForExitAsync());

    public int Port { get; }

    /// <summary>Ends when the process has.</summary>
    public Task Exited { get; }

    /// <summary>Starts it; its configuration lies in the folder.</summary>
    public static PrivateBroker Start(string folder)
    {
        var program = Places.FirstOrDefault(File.Exists)
            ?? throw new CommandException("mosquitto was not found; install it (Debian: apt-get install mosquitto).");
        var port = FreePort();
        var configuration = Path.Combine(folder, "mosquitto.conf");
        File.WriteAllText(configuration, string.Create(
            CultureInfo.InvariantCulture,
            $"listener {port} 127.0.0.1\nallow_anonymous true\nlog_dest none\n"));
        var process = Process.Start(new ProcessStartInfo(program, ["-c", configuration]) { UseShellExecute = false })
            ?? throw new CommandException($"{program} did not start.");
        return new PrivateBroker(process, port);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    /// <summary>A port that nobody listens on at the moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
