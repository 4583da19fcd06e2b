using System.Collections.Immutable;
using System.Text.Json;
using SpexStream.Domain.Explanation;
using SpexStream.Domain.Identity;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;

namespace SpexStream.Daemon.Console;

/// <summary>Shows one scene's progress on standard error and its result on standard output.</summary>
internal sealed class ProcessReport(bool json, TimeProvider time) : ISceneEvents
{
    private static readonly TimeSpan ShowEvery = TimeSpan.FromMilliseconds(200);
    private const int ShownTiles = 3;
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _started = time.GetTimestamp();
    private long _shown;
    private SceneOutcome? _outcome;
    private string? _failure;
    private int _givenUp;

    /// <summary>Ends when the scene is closed or has failed.</summary>
    public Task Finished => _finished.Task;

    public ValueTask OpenedAsync(SceneSpec scene) => ValueTask.CompletedTask;

    public ValueTask ProgressedAsync(SceneSpec scene, SceneProgressFacts progress)
    {
        if (!System.Console.IsErrorRedirected && time.GetElapsedTime(_shown) >= ShowEvery)
        {
            _shown = time.GetTimestamp();
            var seconds = Math.Max(time.GetElapsedTime(_started).TotalSeconds, 1e-3);
            Terminal.Error.Write(FormattableString.Invariant(
                $"\rtile {progress.TilesDone} of {progress.TilesKnown}, {progress.PixelsRead / seconds / 1e6:0} Mpx/s   "));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask StripSummarisedAsync(SceneSpec scene, StripEntry strip, ImmutableArray<ClassFacts> classes) =>
        ValueTask.CompletedTask;

    public ValueTask ClosedAsync(SceneOutcome outcome)
    {
        _outcome = outcome;
        _finished.TrySetResult();
        return ValueTask.CompletedTask;
    }

    public ValueTask TileGivenUpAsync(SceneSpec scene, string reason)
    {
        // A file that ends too early has thousands of such tiles, and all say the same.
        if (_givenUp++ < ShownTiles)
        {
            Terminal.Error.WriteLine($"spexstream: a tile was given up: {reason}");
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask BrokenAsync(SceneId scene, Exception fault)
    {
        _failure = UserFault.Words(fault) ?? fault.ToString();
        _finished.TrySetResult();
        return ValueTask.CompletedTask;
    }

    public ValueTask FailedAsync(SceneSpec scene, Exception fault)
    {
        _failure = UserFault.Words(fault) ?? fault.ToString();
        _finished.TrySetResult();
        return ValueTask.CompletedTask;
    }

    /// <summary>Prints the result; returns the exit code.</summary>
    public int Print()
    {
        if (!System.Console.IsErrorRedirected)
        {
            Terminal.Error.Write("\r                                        \r");
        }

        if (_outcome is not { } outcome)
        {
            Terminal.Error.WriteLine($"spexstream: {_failure}");
            return 1;
        }

        if (_givenUp > 0)
        {
            Terminal.Error.WriteLine(
                $"spexstream: {_givenUp} tiles were given up; their pixels have no answer, check the raster");
        }

        var seconds = time.GetElapsedTime(_started).TotalSeconds;
        if (json)
        {
            PrintJson(outcome, seconds);
        }
        else
        {
            PrintText(outcome, seconds);
        }

        return _givenUp > 0 ? 1 : 0;
    }

    private static void PrintText(SceneOutcome outcome, double seconds)
    {
        var pixels = (double)outcome.Scene.Width * outcome.Height;
        foreach (var facts in outcome.Classes)
        {
            Terminal.Out.WriteLine(Judge(facts).Text);
        }

        Terminal.Out.WriteLine(FormattableString.Invariant(
            $"{outcome.Scene.Width} x {outcome.Height} pixels in {seconds:0.00} s ({pixels / seconds / 1e6:0} Mpx/s)"));
        if (outcome.Model is { } model)
        {
            var trust = model.IsUntrained ? ", untrained" : string.Empty;
            Terminal.Out.WriteLine($"model: {model.Name} {model.Version}{trust}, sha256 {model.Sha256}");
        }

        Terminal.Out.WriteLine($"products: {outcome.Folder}");
    }

    private static void PrintJson(SceneOutcome outcome, double seconds)
    {
        using var stream = System.Console.OpenStandardOutput();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("scene", outcome.Scene.Id.Value);
            writer.WriteNumber("width", outcome.Scene.Width);
            writer.WriteNumber("height", outcome.Height);
            writer.WriteNumber("seconds", Math.Round(seconds, 3));
            writer.WriteString("folder", outcome.Folder);
            if (outcome.Model is { } model)
            {
                WriteModel(writer, model);
            }

            writer.WriteStartArray("classes");
            foreach (var facts in outcome.Classes)
            {
                writer.WriteStartObject();
                writer.WriteString("class", facts.Class.Slug());
                writer.WriteNumber("pixels", facts.Pixels);
                writer.WriteNumber("partial_pixels", facts.PartialPixels);
                WriteReal(writer, "area_m2", facts.AreaSquareMetres);
                writer.WriteNumber("regions", facts.RegionCount ?? 0);
                WriteReal(writer, "confidence_mean", facts.MeanConfidence);
                var judged = Judge(facts);
                writer.WriteString("text", judged.Text);
                writer.WriteString("text_source", judged.SourceName);
                if (judged.Rejection is { } rejection)
                {
                    writer.WriteString("text_rejected", rejection.ToString());
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteModel(Utf8JsonWriter writer, ModelFacts model)
    {
        writer.WriteStartObject("model");
        writer.WriteString("name", model.Name);
        writer.WriteString("version", model.Version);
        writer.WriteString("sha256", model.Sha256);
        if (model.IsUntrained)
        {
            writer.WriteBoolean("trained", false);
        }

        writer.WriteEndObject();
    }

    private static JudgedText Judge(ClassFacts facts) => TextVerdict.Judge(facts.Said?.Text, facts, northUp: false);

    private static void WriteReal(Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsNaN(value))
        {
            writer.WriteNull(name);
        }
        else
        {
            writer.WriteNumber(name, Math.Round(value, 2));
        }
    }
}
