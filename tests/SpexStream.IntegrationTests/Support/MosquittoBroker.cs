using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SpexStream.IntegrationTests.Support;

/// <summary>
/// A private mosquitto on a free loopback port, with its own folder for configuration and persistence. It can be
/// stopped, killed and started again on the same port. Disposing kills it and removes the folder.
/// </summary>
public sealed class MosquittoBroker : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    private readonly StringBuilder _log = new();
    private readonly string _configuration;
    private Process? _process;

    private MosquittoBroker(IEnumerable<string> lines)
    {
        _configuration = Path.Combine(Folder, "mosquitto.conf");
        string[] all =
        [
            .. lines.Select(line => line.Replace("{folder}", Folder, StringComparison.Ordinal)),
            $"user {Environment.UserName}",
            $"persistence_location {Folder}/",
            "log_dest stderr",
        ];
        File.WriteAllLines(_configuration, [$"listener {Port} 127.0.0.1", .. all]);
    }

    /// <summary>The installed program, or null.</summary>
    public static string? Executable { get; } =
        new[] { "/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/sbin" }
            .Select(folder => Path.Combine(folder, "mosquitto"))
            .FirstOrDefault(File.Exists);

    public static IReadOnlyList<string> Open { get; } = ["allow_anonymous true"];

    /// <summary>Configuration lines that keep sessions and messages over a crash as well as mosquitto can.</summary>
    public static IReadOnlyList<string> Persistent { get; } =
    [
        "allow_anonymous true", "persistence true", "autosave_on_changes true", "autosave_interval 1",
        "max_queued_messages 0", "max_inflight_messages 0",
    ];

    public int Port { get; } = FreePort.Next();

    /// <summary>Folder of configuration and persistence; extra files may be put here before starting.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("spex-mosquitto-").FullName;

    /// <summary>What the broker wrote so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Writes the configuration without starting. In the lines, <c>{folder}</c> stands for
    /// <see cref="Folder"/>.
    /// </summary>
    public static MosquittoBroker Prepare(params IEnumerable<string> lines) => new(lines);

    /// <summary>Starts a broker and waits until it listens.</summary>
    public static async Task<MosquittoBroker> StartAsync(params IEnumerable<string> lines)
    {
        var broker = Prepare(lines);
        try
        {
            await broker.StartAsync();
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it, or starts it again on the same port with what it persisted.</summary>
    public async Task StartAsync()
    {
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(Executable!, ["-c", _configuration])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            },
            EnableRaisingEvents = true,
        };
        process.Exited += (_, _) => running.TrySetException(new InvalidOperationException($"mosquitto ended:\n{Log}"));
        process.ErrorDataReceived += (_, line) => Note(line.Data, running);
        process.Start();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        _process = process;
        await running.Task.WaitAsync(StartLimit);
    }

    /// <summary>Ends it at once, as a power cut would (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <summary>Ends it in an orderly way (SIGTERM); it persists what it is configured to.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await SendSignalAsync(process, "TERM");
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <summary>Lets it write its database now, and waits until it has begun to.</summary>
    public async Task SaveAsync()
    {
        var database = Path.Combine(Folder, "mosquitto.db");
        File.Delete(database);
        using var watcher = new FileSystemWatcher(Folder, "mosquitto.db");
        var saved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Created += (_, _) => saved.TrySetResult();
        watcher.Renamed += (_, _) => saved.TrySetResult();
        watcher.EnableRaisingEvents = true;
        await SendSignalAsync(_process!, "USR1");
        await saved.Task.WaitAsync(StartLimit);
    }

    /// <summary>Stops the process without ending it (SIGSTOP): a peer that is there and silent.</summary>
    public Task FreezeAsync() => SendSignalAsync(_process!, "STOP");

    /// <summary>Lets a frozen process go on.</summary>
    public Task ThawAsync() => SendSignalAsync(_process!, "CONT");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task SendSignalAsync(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private void Note(string? line, TaskCompletionSource running)
    {
        lock (_log)
        {
            _log.AppendLine(line);
        }

        if (line?.EndsWith(" running", StringComparison.Ordinal) == true)
        {
            running.TrySetResult();
        }
    }
}
