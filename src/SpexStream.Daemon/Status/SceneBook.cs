using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;

namespace SpexStream.Daemon.Status;

/// <summary>Remembers what happens to the scenes of this node, for those who look: the open ones, and the newest that
/// ended. Bounded; safe for several threads.</summary>
internal sealed class SceneBook(News news, TimeProvider time) : ISceneEvents
{
    private const int MostOpen = 4096;
    private const int MostEnded = 12;
    private readonly Lock _lock = new();
    private readonly Dictionary<SceneId, SceneLine> _open = [];
    private readonly Queue<SceneLine> _ended = new();

    /// <summary>The newest that ended, newest first.</summary>
    public ImmutableArray<SceneLine> Ended
    {
        get
        {
            lock (_lock)
            {
                return [.. _ended.Reverse()];
            }
        }
    }

    /// <summary>Those at work, oldest first. One that this process has no more (it was given up, or another node took
    /// it) is forgotten.</summary>
    /// <param name="isOpen">Whether this process has a scene open.</param>
    public ImmutableArray<SceneLine> Open(Func<SceneId, bool> isOpen)
    {
        SceneId[] known;
        lock (_lock)
        {
            known = [.. _open.Keys];
        }

        var gone = known.Where(scene => !isOpen(scene)).ToArray();
        lock (_lock)
        {
            foreach (var scene in gone)
            {
                _open.Remove(scene);
            }

            return [.. _open.Values.OrderBy(line => line.Since)];
        }
    }

    public ValueTask OpenedAsync(SceneSpec scene)
    {
        Change(scene, line => line with { StripsReceived = 1 });
        news.Tell("scene", scene.Id.Value, "opened");
        return ValueTask.CompletedTask;
    }

    public ValueTask ProgressedAsync(SceneSpec scene, SceneProgressFacts progress)
    {
        Change(scene, line => line with
        {
            Revision = progress.Revision,
            StripsReceived = progress.StripsArrived,
            StripsExpected = progress.StripsExpected,
            TilesDone = progress.TilesDone,
            TilesKnown = progress.TilesKnown,
        });
        news.Stir();
        return ValueTask.CompletedTask;
    }

    public ValueTask StripSummarisedAsync(SceneSpec scene, StripEntry strip, ImmutableArray<ClassFacts> classes)
    {
        Change(scene, line => line with { StripsDone = line.StripsDone.Add(strip.Index) });
        foreach (var facts in classes)
        {
            news.Tell("observation", scene.Id.Value, Words.Of(facts, $"strip {strip.Index}"));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ClosedAsync(SceneOutcome outcome)
    {
        End(outcome.Scene, line => line with
        {
            Phase = "closed",
            Revision = outcome.Revision,
            StripsReceived = outcome.StripsReceived,
            CompletenessPercent = outcome.CompletenessPercent,
            Picture = outcome.Files.Where(file => file.Kind == ProductFileKind.Browse)
                .Select(file => Path.Combine(outcome.Folder, file.Name)).FirstOrDefault(),
            Footprint = outcome.Footprint,
            Trouble = null,
        });
        foreach (var facts in outcome.Classes)
        {
            news.Tell("observation", outcome.Scene.Id.Value, Words.Of(facts, $"revision {outcome.Revision}"));
        }

        news.Tell("scene", outcome.Scene.Id.Value, $"revision {outcome.Revision} closed");
        return ValueTask.CompletedTask;
    }

    public ValueTask TileGivenUpAsync(SceneSpec scene, string reason) =>
        Trouble(scene, $"a tile was given up: {reason}");

    public ValueTask DelayedAsync(SceneSpec scene, Exception fault, TimeSpan wait) =>
        Trouble(scene, $"the disk would not take its results: {fault.Message}");

    public ValueTask QuarantinedAsync(SceneSpec scene, string sentence) => Trouble(scene, sentence);

    public ValueTask FailedAsync(SceneSpec scene, Exception fault) => EndBadly(scene, "failed", fault.Message);

    public ValueTask MissedAsync(SceneSpec scene, string sentence) => EndBadly(scene, "missing-critical", sentence);

    public ValueTask BrokenAsync(SceneId scene, Exception fault)
    {
        lock (_lock)
        {
            _open.Remove(scene);
        }

        news.Tell("scene", scene.Value, fault.Message);
        return ValueTask.CompletedTask;
    }

    private ValueTask EndBadly(SceneSpec scene, string phase, string sentence)
    {
        End(scene, line => line with { Phase = phase, Trouble = sentence });
        news.Tell("scene", scene.Id.Value, $"{phase}: {sentence}");
        return ValueTask.CompletedTask;
    }

    private ValueTask Trouble(SceneSpec scene, string sentence)
    {
        Change(scene, line => line with { Trouble = sentence });
        news.Stir();
        return ValueTask.CompletedTask;
    }

    private void Change(SceneSpec scene, Func<SceneLine, SceneLine> change)
    {
        lock (_lock)
        {
            if (_open.Count < MostOpen || _open.ContainsKey(scene.Id))
            {
                _open[scene.Id] = change(Line(scene)) with { Updated = time.GetUtcNow() };
            }
        }
    }

    private void End(SceneSpec scene, Func<SceneLine, SceneLine> change)
    {
        lock (_lock)
        {
            var line = change(Line(scene)) with { Updated = time.GetUtcNow() };
            _open.Remove(scene.Id);
            _ended.Enqueue(line);
            if (_ended.Count > MostEnded)
            {
                _ended.Dequeue();
            }
        }
    }

    private SceneLine Line(SceneSpec scene) => _open.GetValueOrDefault(scene.Id) ?? new()
    {
        Scene = scene.Id.Value,
        Platform = scene.Platform.Value,
        Trace = SceneTrace.IdOf(scene),
        Since = time.GetUtcNow(),
        Updated = time.GetUtcNow(),
        StripsExpected = scene.StripCount,
        Deadline = scene.Deadline,
    };
}
