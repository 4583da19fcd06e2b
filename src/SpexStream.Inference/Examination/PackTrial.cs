using System.Collections.Immutable;
using System.Globalization;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Packs;
using SpexStream.Inference.Segmentation;

namespace SpexStream.Inference.Examination;

/// <summary>Loads a pack as the daemon would, runs a made tile and looks at the numbers that come out.</summary>
public static class PackTrial
{
    // Of sums of probabilities; what float16 leaves of one.
    private const float Tolerance = 0.01f;

    /// <summary>Tries a pack.</summary>
    /// <param name="folder">The pack.</param>
    /// <param name="options">The device, and the tile.</param>
    /// <param name="seed">Seed of the tile's pixels.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ModelRefusedException">It cannot be loaded.</exception>
    /// <exception cref="DeviceFaultException">The device is not there, or fails.</exception>
    public static PackTrialResult Run(string folder, ModelSessionOptions options, int seed, TimeProvider time) =>
        PackLoader.KindOf(folder) == PackLoader.Spex
            ? SpexTrial.Run(folder, options, seed, time)
            : OfSegmentation(folder, options, seed, time);

    private static PackTrialResult OfSegmentation(
        string folder, ModelSessionOptions options, int seed, TimeProvider time)
    {
        using var model = (SegmentationModel)PackLoader.Load(folder, [options], time);
        using var session = (SegmentationSession)model.Open(options);
        using var batch = (SegmentationBatch)session.NewBatch();
        using var pixels = MadeTile.Create(session.Pack.Input.Bands.Length, options.TileSize, model.ReachPixels, seed);
        using var evidence = new TileEvidence(options.TileSize);
        var backend = model.BackendFor(MadeTile.Imagery(session.Pack.Input.Bands), Wanted(session));
        batch.Add(pixels, backend.Ask(pixels, backend.InitialFindings, evidence)!);
        var times = session.Infer(batch);
        batch.Answer(0, evidence);
        return new(
            model.Identity, session.Provider, batch.WindowCount, times.Infer.TotalSeconds, session.MemoryBytes,
            Count(evidence),
            [.. Faults(batch.Outputs(), session)]);
    }

    /// <summary>The classes of ours that the model tells; all where it tells only reasons.</summary>
    internal static LearnedOptions Wanted(SegmentationSession session) =>
        new() { Classes = [.. session.Targets.Classes] };

    private static IEnumerable<string> Faults(float[] values, SegmentationSession session)
    {
        var output = session.Pack.Output;
        if (values.Count(value => !float.IsFinite(value)) is > 0 and var odd)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                    $"{odd} of {values.Length} values are not finite; such pixels get no answer");
        }

        if (output.IsLogits)
        {
            yield break;
        }

        if (values.Count(value => value is < -Tolerance or > 1 + Tolerance) is > 0 and var outside)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{outside} of {values.Length} values are no probabilities 0 to 1; say logits in spex:values if they are");
        }
        else if (output.IsExclusive
            && Sums(values, session).Any(sum => Math.Abs(sum - 1) > Tolerance * output.Classes.Length))
        {
            yield return "the probabilities of exclusive classes do not add up to 1; say \"spex:exclusive\": false if they need not";
        }
    }

    private static IEnumerable<float> Sums(float[] values, SegmentationSession session)
    {
        var area = session.Windows.Edge * session.Windows.Edge;
        var channels = session.Pack.Output.Classes.Length;
        for (var i = 0; i < values.Length / channels; i++)
        {
            var (window, pixel) = (i / area, i % area);
            var sum = 0f;
            for (var channel = 0; channel < channels; channel++)
            {
                sum += values[(((window * channels) + channel) * area) + pixel];
            }

            yield return sum;
        }
    }

    /// <summary>Pixels of each cover code.</summary>
    internal static unsafe ImmutableSortedDictionary<byte, long> Count(TileEvidence evidence)
    {
        var counts = new SortedDictionary<byte, long>();
        for (var row = 0; row < evidence.Core.Height; row++)
        {
            foreach (var code in new ReadOnlySpan<byte>(evidence.Codes(row), evidence.Core.Width))
            {
                counts[code] = counts.GetValueOrDefault(code) + 1;
            }
        }

        return counts.ToImmutableSortedDictionary();
    }
}
