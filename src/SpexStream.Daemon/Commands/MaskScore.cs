using System.Collections.Immutable;
using SpexStream.Domain.Accuracy;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Raster;

namespace SpexStream.Daemon.Commands;

/// <summary>Which values of two rasters mean what.</summary>
internal sealed record ScoreRules(
    ImmutableHashSet<int> Positive, ImmutableHashSet<int> TruthPositive, ImmutableHashSet<int> TruthIgnore);

/// <summary>Compares a mask file with a truth file, block of rows by block of rows.</summary>
internal sealed class MaskScore
{
    /// <summary>First mask code that is no answer; such a pixel counts as not positive.</summary>
    public const int FirstNoAnswer = 250;

    private const int Rows = 256;
    private ConfusionCounts _counts;

    /// <summary>Counts over the scored pixels.</summary>
    public ConfusionCounts Counts => _counts;

    /// <summary>Scored pixels that have no answer.</summary>
    public long NoAnswer { get; private set; }

    /// <summary>Confidence against truth; empty unless a confidence file was given.</summary>
    public ReliabilityTable Reliability { get; } = new();

    /// <summary>Compares two files of the same size.</summary>
    /// <exception cref="CommandException">The sizes differ, or one of them is no such file.</exception>
    public static MaskScore Of(
        IRasterStore store, string mask, string truth, string? confidence, ScoreRules rules,
        CancellationToken cancellation = default)
    {
        var score = new MaskScore();
        using var maskReader = store.Open(mask);
        using var truthReader = store.Open(truth);
        using var confidenceReader = confidence is null ? null : store.Open(confidence);
        if (maskReader.Info.Bands is not [{ Type: PixelType.UInt8 }])
        {
            throw new CommandException(
                $"--mask {maskReader.Info.Path} is no mask: it has {maskReader.Info.Bands.Length} bands of "
                + $"{maskReader.Info.Bands[0].Type}, a mask has one of {PixelType.UInt8}.");
        }

        foreach (var other in new[] { truthReader, confidenceReader })
        {
            if (other is { Info.Bands.Length: > 1 })
            {
                throw new CommandException(
                    $"{other.Info.Path} has {other.Info.Bands.Length} bands, and nothing says which one counts; give a "
                    + "file of one.");
            }

            if (other is not null
                && (other.Info.Width, other.Info.Height) != (maskReader.Info.Width, maskReader.Info.Height))
            {
                throw new CommandException(
                    $"{other.Info.Path} has {other.Info.Width} x {other.Info.Height} pixels, the mask "
                    + $"{maskReader.Info.Width} x {maskReader.Info.Height}; they must lie on the same grid.");
            }
        }

        for (var row = 0; row < maskReader.Info.Height; row += Rows)
        {
            cancellation.ThrowIfCancellationRequested();
            var window = new PixelWindow(0, row, maskReader.Info.Width, Math.Min(Rows, maskReader.Info.Height - row));
            score.Add(
                Read(maskReader, window), Read(truthReader, window),
                    confidenceReader is null ? null : Read(confidenceReader, window), rules);
        }

        return score;
    }

    private void Add(float[] mask, float[] truth, float[]? confidence, ScoreRules rules)
    {
        var codes = new byte[mask.Length];
        var labels = new byte[mask.Length];
        for (var i = 0; i < mask.Length; i++)
        {
            labels[i] = float.IsNaN(truth[i]) || rules.TruthIgnore.Contains((int)truth[i]) ? ReferenceLabel.None
                : rules.TruthPositive.Contains((int)truth[i]) ? ReferenceLabel.Class : ReferenceLabel.Other;
            codes[i] = rules.Positive.Contains((int)mask[i]) ? MaskCode.Yes : MaskCode.No;
            NoAnswer += mask[i] >= FirstNoAnswer && labels[i] != ReferenceLabel.None ? 1 : 0;
        }

        _counts += ConfusionCounts.Of(codes, labels);
        if (confidence is not null)
        {
            // A pixel without an answer has no confidence either, so it stays out by itself.
            Reliability.Add(codes, [.. confidence.Select(value => (byte)Math.Clamp(value, 0, 255))], labels);
        }
    }

    private static float[] Read(IRasterReader reader, PixelWindow window)
    {
        using var planes = new PixelPlanes(window, window, 1, PixelType.Float32);
        reader.Read(window, [0], planes, 0, 0);
        var values = new float[window.Area];
        for (var row = 0; row < window.Height; row++)
        {
            planes.RowSpan<float>(0, row).CopyTo(values.AsSpan(row * window.Width));
        }

        return values;
    }
}
