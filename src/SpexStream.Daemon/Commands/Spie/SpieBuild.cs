using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Spectral;
using SpexStream.Domain.Spie;

namespace SpexStream.Daemon.Commands.Spie;

/// <summary>Makes a training set, scene by scene and window by window; goes on where an earlier run ended.</summary>
internal sealed class SpieBuild(SpieSettings settings, IRasterStore store, SpieProgress progress)
{
    private readonly List<(string Path, string Reason)> _failures = [];
    private readonly List<string> _done = [];

    /// <summary>What could not be used, and why.</summary>
    public IReadOnlyList<(string Path, string Reason)> Failures => _failures;

    /// <summary>Runs to the end.</summary>
    /// <exception cref="CommandException">There is nothing to do, or the folder belongs to another set.</exception>
    public SpieStatistics Run(CancellationToken cancellation)
    {
        using var journal = SpieJournal.Open(settings.Out, settings.Fingerprint);
        var scenes = SpieScene.In(settings.Images, Refuse);
        if (scenes.Count == 0 && _failures.Count == 0)
        {
            throw new CommandException($"--images {settings.Images} holds no raster (.tif, .tiff, .jp2).");
        }

        Directory.CreateDirectory(Path.Combine(settings.Out, SpieRecord.Images));
        Directory.CreateDirectory(Path.Combine(settings.Out, SpieRecord.Masks));
        foreach (var (number, scene) in scenes.Index())
        {
            try
            {
                Build(scene, journal,
                    share => progress.Show(scene.Id.Value, share, number, scenes.Count), cancellation);
            }
            catch (RasterException fault)
            {
                Refuse(scene.Path, fault.Detail.ReplaceLineEndings(" "));
            }
        }

        progress.Clear();
        return SpieFiles.Write(settings, journal, _done, _failures);
    }

    private void Refuse(string path, string reason)
    {
        _failures.Add((path, reason));
        progress.Say($"{path}: {reason}; left out");
    }

    private void Build(SpieScene scene, SpieJournal journal, Action<double> show, CancellationToken cancellation)
    {
        using var reader = store.Open(scene.Path);
        using var labels = settings.Labels is null ? null
            : SceneLabels.Open(store, settings.Labels, scene, reader.Info);
        if (settings.PromptsFromLabels && labels is null)
        {
            progress.Say($"{scene.Path}: has no raster of labels; no questions are made from it");
            return;
        }

        var stamp = Stamp(scene.Path);
        var windows = SpieWindow.Of(reader.Info.Width, reader.Info.Height).ToList();
        var splits = SpieSplits.Of(scene.Id.Value, settings.Seed, windows);
        var open = windows.Where(window => !journal.Has(window.NameIn(scene.Id.Value), stamp)).ToList();
        var done = windows.Count - open.Count;
        if (open.Count > 0)
        {
            Build(scene, reader, labels, open, splits, (window, record) =>
            {
                journal.Add(window.NameIn(scene.Id.Value), stamp,
                    JsonSerializer.SerializeToUtf8Bytes(record.Json(stamp)));
                show((double)++done / windows.Count);
            }, cancellation);
        }

        _done.AddRange(windows.Select(window => window.NameIn(scene.Id.Value)));
    }

    private void Build(
        SpieScene scene, IRasterReader reader, SceneLabels? labels, List<SpieWindow> windows,
        ImmutableDictionary<SpieWindow, SpieSplit?> splits, Action<SpieWindow, SpieRecord> done,
        CancellationToken cancellation)
    {
        var delivery = scene.Place(reader.Info, settings.Bands);
        var backend = BackendOf(scene, delivery.Scene.Imagery);
        var pixels = new ScenePixels(reader, delivery);
        var findings = pixels.Survey(backend, cancellation);
        var colours = new TrainingColours(reader, delivery);
        using var examiner = new WindowExaminer(scene.Id, backend, findings, settings.Classes);
        foreach (var window in windows)
        {
            cancellation.ThrowIfCancellationRequested();
            var record = new SpieRecord(scene.Id.Value, window, splits[window], colours.Names);
            if (record.Split is not null)
            {
                using var planes = pixels.Read(window.Pixels, backend.ReachPixels, new PixelPoint(window.X, window.Y));
                new WindowDialogues(settings, examiner, backend.AnsweredClasses, labels).Fill(record, planes);
                record.WriteFiles(settings.Out, () => colours.Read(window));
            }

            done(window, record);
        }
    }

    private SpectralBackend BackendOf(SpieScene scene, SceneImagery imagery)
    {
        try
        {
            return new(imagery,
                new SpectralOptions { Classes = settings.Classes, Outputs = SpectralOutputs.Confidence });
        }
        catch (ArgumentException fault)
        {
            // The backend's way to say that no class can be told from the bands.
            throw new RasterException(scene.Path, null, fault.Message, fault);
        }
    }

    private static string Stamp(string path)
    {
        var file = new FileInfo(path);
        return string.Create(CultureInfo.InvariantCulture, $"{file.Length}-{file.LastWriteTimeUtc.Ticks}");
    }
}
