using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Retention;
using SpexStream.Domain.Telemetry;
using SpexStream.Pipeline.Retention;
using SpexStream.Tests.Journal;
using SpexStream.Tests.Support;

namespace SpexStream.Tests.Retention;

/// <summary>Real folders with a published scene, and a journal in memory.</summary>
public abstract class RetentionBench : IDisposable
{
    private protected static DateTimeOffset Noon { get; } = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private protected static SceneId Scene { get; } = SceneId.Parse("scene");

    private protected TemporaryFolder Folder { get; } = new();

    private protected SpexMeter Meter { get; } = new();

    private protected ManualClock Clock { get; } = new(Noon);

    private protected MemoryJournal Journal { get; } = new(new MemoryStore());

    private protected HashSet<SceneId> Open { get; } = [];

    private protected List<string> Faults { get; } = [];

    public void Dispose()
    {
        Meter.Dispose();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected bool KeepsProducts { get; set; } = true;

    private protected RetentionPlaces Places => new(Folder["data"], Folder["out"])
    {
        SharedSpool = Folder["out/.spexstream.spool"],
        KeepsProducts = () => KeepsProducts,
    };

    private protected RetentionSweep Sweep(
        Func<SceneId, CancellationToken, ValueTask<ISceneHold?>>? elsewhere = null) => new(
        Journal, Places, scene => Open.Contains(scene) ? null : new CancellationTokenSource(), Clock, elsewhere);

    private protected async Task<RetentionPlan> PlanAsync(RetentionRules? rules = null) => RetentionPlan.Of(
        await new RetentionSurvey(Journal, Places)
            .TakeAsync(rules ?? new(), Clock.GetUtcNow(), CancellationToken.None),
        [], rules ?? new(), Clock.GetUtcNow());

    private protected async Task<List<SceneFact>> FactsAsync() =>
        [.. await Journal.ReadAsync(Scene).Select(recorded => recorded.Fact).ToListAsync()];

    private protected Task<RetentionPlan> RoundAsync(RetentionRules? rules = null) =>
        new RetentionJob(
            new RetentionSurvey(Journal, Places), Sweep(), Places, rules ?? new RetentionRules { KeepFreeBytes = 0 },
            Meter, Clock)
        {
            OnFault = Faults.Add,
        }.RoundAsync(CancellationToken.None);

    // Strip 7 is in the product; strip 9 lies in the spool and was accepted by nobody yet.
    private protected async Task<ISceneWriter> PublishTwiceAsync()
    {
        foreach (var path in new[]
        {
            "out/scene@r1.e1/water.tif", "out/scene@r2.e1/water.tif", "out/notes.txt", "data/work/scene/tiles.log",
            "data/spool/scene-7-0123456789abcdef.tif", "data/spool/scene-9-0123456789abcdef.tif",
            $"out/.scene@r1.e1.{new string('0', 32)}/half.tif",
        })
        {
            Write(path);
        }

        File.CreateSymbolicLink(Folder["out/scene"], "scene@r2.e1");
        var writer = await Journal.OpenWriterAsync(Scene);
        var accepted = SampleFacts.Accepted();
        await writer.AppendAsync(new(
            Noon, SampleFacts.Opened(),
            new SceneFact.StripAccepted(accepted.Strip with
            {
                Path = Folder["data/spool/scene-7-0123456789abcdef.tif"] + "@4.5",
            }),
            Published(1)));
        await writer.AppendAsync(new(Noon, new SceneFact.SceneReopened(2, "late"), Published(2))
        {
            Messages = [SampleMessages.Event("closed")],
        });
        return writer;
    }

    private protected static SceneFact.ScenePublished Published(int revision) =>
        new(new PublishedProduct(revision, 1, $"scene@r{revision}.e1", 4, 100, []));

    // A scene without a product, and nothing to say.
    private protected async Task AcknowledgedAsync()
    {
        var writer = await Journal.OpenWriterAsync(Scene);
        await writer.AppendAsync(new(
            Noon, SampleFacts.Opened(), new SceneFact.ScenePublished(new(1, 1, "scene@r1.e1", 4, 100, []))));
    }

    private protected async Task AcknowledgeAsync()
    {
        var entries = await Journal.Outbox.ReadAsync(0, 100, long.MaxValue);
        await Journal.Outbox.DeleteAsync([.. entries.Select(entry => entry.Key)]);
    }

    private protected void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Folder[path])!);
        File.WriteAllText(Folder[path], "four");
        File.SetLastWriteTimeUtc(Folder[path], Noon.UtcDateTime);
        Directory.SetLastWriteTimeUtc(Path.GetDirectoryName(Folder[path])!, Noon.UtcDateTime);
    }

    private protected string[] Names(string folder) =>
    [
        .. Directory.EnumerateFileSystemEntries(Folder[folder]).Select(path => Path.GetFileName(path))
            .OrderBy(name => name == "notes.txt").ThenBy(name => name, StringComparer.Ordinal),
    ];

    private protected string Relative(string path) =>
        Path.GetRelativePath(Folder.Root, path).Replace("data/", "", StringComparison.Ordinal);
}
