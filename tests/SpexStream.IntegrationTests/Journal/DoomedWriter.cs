using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Sqlite;

namespace SpexStream.IntegrationTests.Journal;

/// <summary>A process that appends to several scenes at once and says what was answered, until it is killed.</summary>
internal sealed class DoomedWriter : IDisposable
{
    public const string Verb = "write-until-killed";
    public const int Scenes = 8;

    private readonly Process _process;

    private DoomedWriter(Process process) => _process = process;

    /// <summary>Number of the process.</summary>
    public int Id => _process.Id;

    public static SceneId Scene(int index) =>
        SceneId.Parse(string.Create(CultureInfo.InvariantCulture, $"scene-{index}"));

    /// <summary>The fact and the message at a place of a scene: what stands there after the kill must be
    /// these.</summary>
    public static SceneAppend Append(SceneId scene, long sequence) => new(
        JournalSamples.Noon, new SceneFact.TileCrashed(new StripKey((int)sequence, 1), default, sequence))
    {
        Messages = [JournalSamples.Message($"{scene}-{sequence}")],
        // Every other one without a flush: the kill of a process must not take these either.
        Durability = sequence % 2 == 0 ? Durability.PowerCut : Durability.Crash,
    };

    public static DoomedWriter Start(string journal)
    {
        var assembly = typeof(DoomedWriter).Assembly.Location;
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));
        var start = new ProcessStartInfo(dotnet, ["exec", assembly, Verb, journal]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_STARTUP_HOOKS"] = assembly;
        return new(Process.Start(start)!);
    }

    /// <summary>Kills it after so many answers, and gives the last answered sequence number of each scene.</summary>
    public async Task<long[]> KillAfterAsync(int answers)
    {
        var last = new long[Scenes];
        for (var heard = 0; await _process.StandardOutput.ReadLineAsync() is { } line; heard++)
        {
            var numbers = line.Split(' ').Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            last[numbers[0]] = numbers[1];
            if (heard == answers)
            {
                // SIGKILL. What it had said before is still in the pipe and is read to its end.
                _process.Kill();
            }
        }

        await _process.WaitForExitAsync();
        return last;
    }

    public static async Task WriteUntilKilledAsync(string path)
    {
        await using var journal = SqliteJournal.Open(new() { Path = path }, TimeProvider.System);
        using var output = Console.OpenStandardOutput();
        var speaking = new Lock();
        await Task.WhenAll(Enumerable.Range(0, Scenes).Select(async index =>
        {
            var writer = await journal.OpenWriterAsync(Scene(index));
            var sequence = writer.OpenedAfter;
            while (true)
            {
                sequence = await writer.AppendAsync(Append(writer.Scene, sequence + 1));
                lock (speaking)
                {
                    output.Write(System.Text.Encoding.ASCII.GetBytes(
                        string.Create(CultureInfo.InvariantCulture, $"{index} {sequence}\n")));
                }
            }
        }));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
