using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace SpexStream.IntegrationTests.Support;

/// <summary>The built program as a process of its own. Disposing kills it.</summary>
public sealed class SpexProgram : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    private SpexProgram(
        IEnumerable<string> settings, IEnumerable<string> arguments, string assembly = "spexstream.dll")
    {
        _process = new Process
        {
            // A shell starts what runs in its background with SIGINT ignored; the program shall not inherit that.
            StartInfo = new ProcessStartInfo(
                "env",
                [
                    "--default-signal=INT", .. settings, DotnetHost(), Path.Combine(AppContext.BaseDirectory, assembly),
                    .. arguments,
                ])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Standard output so far.</summary>
    public string Output => Read(_output);

    /// <summary>Standard error so far.</summary>
    public string Error => Read(_error);

    public static SpexProgram Start(params IEnumerable<string> arguments) => new([], arguments);

    /// <summary>Starts it with variables of the environment, NAME=VALUE.</summary>
    public static SpexProgram StartWith(IEnumerable<string> settings, IEnumerable<string> arguments) =>
        new(settings, arguments);

    /// <summary>Starts the subscriber of the samples.</summary>
    public static SpexProgram Listen(MosquittoBroker broker, string station) =>
        new([], ["127.0.0.1", broker.Port.ToString(CultureInfo.InvariantCulture), station], "AlertListener.dll");

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(params IEnumerable<string> arguments)
    {
        await using var program = Start(arguments);
        var code = await program.ExitAsync();
        return (code, program.Output, program.Error);
    }

    /// <summary>Waits for its end and gives the exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(Longest);
        return _process.ExitCode;
    }

    /// <summary>Asks it to end, as an init system does.</summary>
    public Task TerminateAsync() => SignalAsync("TERM");

    /// <summary>Sends it a signal by name.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
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

    private static string DotnetHost() =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.Append(line is null ? string.Empty : line + "\n");
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
