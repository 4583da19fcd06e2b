using System.Diagnostics;

namespace SpexStream.Daemon.Demo;

/// <summary>The daemon as a process of its own, as it runs at a station; ended with SIGTERM.</summary>
internal sealed class DaemonProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(40);
    private readonly Process _process;
    private readonly Task _logging;

    private DaemonProcess(Process process, string log)
    {
        _process = process;
        LogFile = log;
        Exited = process.WaitForExitAsync();
        _logging = CopyAsync(process, log);
    }

    /// <summary>What it logs.</summary>
    public string LogFile { get; }

    /// <summary>Ends when the process has.</summary>
    public Task Exited { get; }

    public static DaemonProcess Start(string log, IEnumerable<string> arguments)
    {
        // Started as "dotnet spexstream.dll", the process is the host, and the program its first argument.
        var program = Environment.ProcessPath!;
        string[] first = Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [typeof(DaemonProcess).Assembly.Location] : [];
        var start = new ProcessStartInfo(program, [.. first, "run", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        return new DaemonProcess(Process.Start(start)!, log);
    }

    /// <summary>Ends it; the exit code, or null when it had to be killed.</summary>
    public async Task<int?> StopAsync()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start(
                "kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
        }

        using var limit = new CancellationTokenSource(StopLimit, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            await _logging;
            return _process.ExitCode;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // It did not keep its own limit; the caller reports that.
            _process.Kill();
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static async Task CopyAsync(Process process, string log)
    {
        await using var file = File.Create(log);
        await Task.WhenAll(
            process.StandardOutput.BaseStream.CopyToAsync(file), process.StandardError.BaseStream.CopyToAsync(file));
    }
}
