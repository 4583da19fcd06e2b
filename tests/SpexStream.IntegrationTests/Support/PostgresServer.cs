using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Npgsql;
using SpexStream.Journal.Postgres;
using Xunit;

namespace SpexStream.IntegrationTests.Support;

/// <summary>
/// A private PostgreSQL on a free loopback port, in a folder of its own: no other cluster of the machine is touched. As
/// it refuses to run as root, it then runs as the user "postgres". It can be killed and started again. Disposing ends
/// it and removes the folder.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const int Interrupt = 2;
    private const int Kill = 9;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private readonly StringBuilder _log = new();
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "spex-postgres-" + Guid.NewGuid().ToString("N"));
    private readonly int _port = FreePort.Next();
    private TaskCompletionSource _running = new();
    private Process? _process;
    private int _databases;

    /// <summary>Folder of the programs, of the newest version; null where there is none.</summary>
    public static string? Programs { get; } = new DirectoryInfo("/usr/lib/postgresql") is { Exists: true } versions
        ? versions.GetDirectories().OrderByDescending(folder => folder.Name, StringComparer.Ordinal)
            .Select(folder => Path.Combine(folder.FullName, "bin")).FirstOrDefault(bin => File.Exists($"{bin}/initdb"))
        : null;

    /// <summary>Whether what was answered as committed must outlive a power cut; tests only kill processes.</summary>
    public bool IsFlushing { get; init; }

    public async Task InitializeAsync()
    {
        if (Programs is null)
        {
            return;
        }

        using var make = Process.Start(Command(
            "initdb", "-D", _folder, "-U", "spex", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"))!;
        make.BeginOutputReadLine();
        make.BeginErrorReadLine();
        await make.WaitForExitAsync();
        Assert.Equal(0, make.ExitCode);
        await StartAsync();
    }

    /// <summary>Starts it on what lies in its folder.</summary>
    public async Task StartAsync()
    {
        var running = NextStart();
        var process = new Process
        {
            StartInfo = Command(
                "postgres", "-D", _folder, "-p", _port.ToString(CultureInfo.InvariantCulture), "-k", _folder,
                "-c", "listen_addresses=127.0.0.1", "-c", $"fsync={(IsFlushing ? "on" : "off")}",
                "-c", "max_connections=200", "-c", "logging_collector=off"),
            EnableRaisingEvents = true,
        };
        process.Exited += (_, _) => running.TrySetException(new InvalidOperationException($"postgres ended:\n{_log}"));
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.Start();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        _process = process;
        await running.Task.WaitAsync(StartLimit);
    }

    /// <summary>Ends it, also in the middle of what it does (as the system does when memory runs out).</summary>
    public Task KillAsync() => EndAsync(process => process.Kill());

    /// <summary>Kills one of its processes, as the system does when memory runs out: it ends all the others without a
    /// word, forgets what it has not written, and starts again by itself.</summary>
    /// <param name="backend">Which one.</param>
    public async Task CrashAsync(int backend)
    {
        var running = NextStart();
        Assert.Equal(0, Signal(backend, Kill));
        await running.Task.WaitAsync(StartLimit);
    }

    /// <summary>Makes an empty database.</summary>
    public async Task<PostgresAddress> NewDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"journal{Interlocked.Increment(ref _databases)}");
        await RunAsync("postgres", $"CREATE DATABASE {name}");
        return PostgresAddress.Parse(Uri(name));
    }

    /// <summary>The address of a database.</summary>
    public string Uri(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"postgres://spex@127.0.0.1:{_port}/{database}");

    /// <summary>How a shell reaches a database.</summary>
    public string ConnectionString(string database) => string.Create(
        CultureInfo.InvariantCulture,
        $"Host=127.0.0.1;Port={_port};Username=spex;Database={database};Pooling=false");

    /// <summary>Does something as an operator at a shell would, and gives the first value.</summary>
    public async Task<object?> RunAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(database));
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    public async Task DisposeAsync()
    {
        await EndAsync(process => Assert.Equal(0, Signal(process.Id, Interrupt)));
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task EndAsync(Action<Process> end)
    {
        if (Interlocked.Exchange(ref _process, null) is { } process)
        {
            end(process);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private static ProcessStartInfo Command(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs!, program);
        var start = Environment.UserName != "root" ? new ProcessStartInfo(path, arguments) : new ProcessStartInfo(
            "setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments]);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        // Its own folder may be closed to that user.
        start.WorkingDirectory = "/";
        return start;
    }

    private TaskCompletionSource NextStart() => _running = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Note(string? line)
    {
        lock (_log)
        {
            _log.AppendLine(line);
        }

        if (line?.Contains("database system is ready to accept connections", StringComparison.Ordinal) == true)
        {
            _running.TrySetResult();
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);
}
