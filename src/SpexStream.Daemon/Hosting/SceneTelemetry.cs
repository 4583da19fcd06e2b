using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;
using SpexStream.Domain.Telemetry;

namespace SpexStream.Daemon.Hosting;

/// <summary>Logs and counts what happens to scenes.</summary>
internal sealed class SceneTelemetry(SpexMeter meter, TimeProvider time, ILogger logger) : ISceneEvents
{
    // Nobody waits for the product of an older one: it is from an archive, or submitted again.
    private static readonly TimeSpan OldestNews = TimeSpan.FromDays(1);

    public ValueTask OpenedAsync(SceneSpec scene)
    {
        Log.SceneOpened(logger, scene.Id.Value, scene.Width, scene.StripCount, SceneTrace.IdOf(scene));
        return ValueTask.CompletedTask;
    }

    public ValueTask ProgressedAsync(SceneSpec scene, SceneProgressFacts progress) => ValueTask.CompletedTask;

    public ValueTask StripSummarisedAsync(SceneSpec scene, StripEntry strip, ImmutableArray<ClassFacts> classes)
    {
        Log.StripSummarised(
            logger, scene.Id.Value, strip.Index, classes[0].CompletenessPercent, SceneTrace.IdOf(scene));
        return ValueTask.CompletedTask;
    }

    public ValueTask ClosedAsync(SceneOutcome outcome)
    {
        var platform = meter.Platform(outcome.Scene.Platform.Value);
        meter.Completeness.Record(outcome.CompletenessPercent / 100, platform);
        var age = outcome.FinishedAt - outcome.Scene.SensedTo;
        var work = WorkOf(outcome.Revision, age);
        meter.Timeliness.Record(Math.Max(0, age.TotalSeconds), platform, work);
        End(outcome.Scene, outcome.CompletenessPercent >= 100 ? "complete" : "incomplete", work);
        if (outcome.Revision == 1)
        {
            meter.SceneStrips.Add(outcome.StripsReceived, platform, Result("received"));
            meter.SceneStrips.Add(outcome.MissingStrips.Length, platform, Result("missing"));
        }

        Log.SceneClosed(logger, outcome.Scene.Id.Value, outcome.Revision, outcome.CompletenessPercent, outcome.Folder,
            SceneTrace.IdOf(outcome.Scene));
        return ValueTask.CompletedTask;
    }

    public ValueTask TileGivenUpAsync(SceneSpec scene, string reason)
    {
        meter.TilesGivenUp.Add(1);
        Log.TileGivenUp(logger, scene.Id.Value, reason, SceneTrace.IdOf(scene));
        return ValueTask.CompletedTask;
    }

    public ValueTask DelayedAsync(SceneSpec scene, Exception fault, TimeSpan wait)
    {
        meter.Retries.Add(1);
        Log.ProductsDelayed(logger, scene.Id.Value, fault.Message, wait.TotalSeconds, SceneTrace.IdOf(scene));
        return ValueTask.CompletedTask;
    }

    public ValueTask BrokenAsync(SceneId scene, Exception fault)
    {
        Log.SceneBroken(logger, fault, scene.Value);
        return ValueTask.CompletedTask;
    }

    public ValueTask FailedAsync(SceneSpec scene, Exception fault)
    {
        Count("failed");
        End(scene, "failed", WorkOf(1, time.GetUtcNow() - scene.SensedTo));
        Log.SceneFailed(logger, fault, scene.Id.Value, SceneTrace.IdOf(scene));
        return ValueTask.CompletedTask;
    }

    public ValueTask MissedAsync(SceneSpec scene, string sentence)
    {
        Count("missing-critical");
        End(scene, "missing-critical", WorkOf(1, time.GetUtcNow() - scene.SensedTo));
        Log.StripMissed(logger, scene.Id.Value, sentence, SceneTrace.IdOf(scene));
        return ValueTask.CompletedTask;
    }

    public ValueTask QuarantinedAsync(SceneSpec scene, string sentence)
    {
        Count("quarantined");
        Log.StripQuarantined(logger, scene.Id.Value, sentence, SceneTrace.IdOf(scene));
        return ValueTask.CompletedTask;
    }

    private static KeyValuePair<string, object?> Result(string result) => new("result", result);

    private static KeyValuePair<string, object?> WorkOf(int revision, TimeSpan age) =>
        new("work", revision > 1 ? "again" : age > OldestNews ? "archive" : "new");

    private void End(SceneSpec scene, string result, KeyValuePair<string, object?> work) =>
        meter.ScenesClosed.Add(1, meter.Platform(scene.Platform.Value), Result(result), work);

    private void Count(string reason) => meter.DeadLetters.Add(
        1, new KeyValuePair<string, object?>("stage", "product"), new KeyValuePair<string, object?>("reason", reason));
}
