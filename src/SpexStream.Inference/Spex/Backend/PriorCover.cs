using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Inference.Segmentation;

namespace SpexStream.Inference.Spex.Backend;

/// <summary>
/// What the rules found on a tile's core, as far as an answer keeps it: why the ground is not seen, how sure they are,
/// and the indices. Immutable.
/// </summary>
internal sealed unsafe class PriorCover
{
    private const byte NoConfidence = 255;
    private readonly byte[] _codes;
    private readonly ImmutableArray<(LandCoverClass Class, byte[] Values)> _confidence;
    private readonly ImmutableArray<(IndexKind Index, short[] Values)> _indices;

    private PriorCover(
        PixelWindow core, byte[] codes, ImmutableArray<(LandCoverClass Class, byte[] Values)> confidence,
        ImmutableArray<(IndexKind Index, short[] Values)> indices)
    {
        (Core, _codes, _confidence, _indices) = (core, codes, confidence, indices);
    }

    /// <summary>The pixels.</summary>
    public PixelWindow Core { get; }

    /// <summary>Whether nothing was measured.</summary>
    public bool IsEmpty => !_codes.AsSpan().ContainsAnyExcept(CoverCode.Nodata);

    /// <summary>Takes over what rules found.</summary>
    /// <param name="evidence">Their evidence.</param>
    /// <param name="classes">The classes that they told.</param>
    /// <param name="indices">The indices that they wrote.</param>
    public static PriorCover Of(
        TileEvidence evidence, ImmutableArray<LandCoverClass> classes, ImmutableArray<IndexKind> indices) => new(
        evidence.Core,
        Plane<byte>(evidence.Core, row => evidence.Codes(row)),
        [.. classes.Select(value => (value, Plane<byte>(evidence.Core, row => evidence.Confidence(value, row))))],
        [.. indices.Select(index => (index, Plane<short>(evidence.Core, row => evidence.Index(index, row))))]);

    /// <summary>What is known without rules: which pixels were measured.</summary>
    public static PriorCover Of(PixelPlanes pixels, NodataRule nodata)
    {
        var core = pixels.Core;
        var codes = new byte[core.Area];
        for (var y = 0; y < core.Height; y++)
        {
            var row = codes.AsSpan(y * core.Width, core.Width);
            nodata.Mark(pixels, core.Row - pixels.Window.Row + y, core.Column - pixels.Window.Column, row);
            for (var x = 0; x < row.Length; x++)
            {
                row[x] = row[x] == 0 ? CoverCode.Land : CoverCode.Nodata;
            }
        }

        return new(core, codes, [], []);
    }

    /// <summary>Begins an answer on these pixels: the reasons why the ground is not seen, and land everywhere
    /// else.</summary>
    /// <param name="evidence">Where to.</param>
    /// <param name="absent">Classes that are none of the pixels because the rules found none: how sure they were is
    /// kept. Of the others nothing is known yet.</param>
    /// <param name="unanswered">What stands where the ground is seen.</param>
    public void Begin(
        TileEvidence evidence, ImmutableArray<LandCoverClass> absent, byte unanswered = CoverCode.Land)
    {
        evidence.Begin(Core);
        for (var y = 0; y < Core.Height; y++)
        {
            var codes = evidence.Codes(y);
            for (var x = 0; x < Core.Width; x++)
            {
                var code = _codes[(y * Core.Width) + x];
                // Dark land stays marked: whether it is shadow is decided when the clouds of the scene are known.
                codes[x] = code >= CoverCode.FirstReason ? code
                    : unanswered >= CoverCode.FirstReason ? unanswered
                    : (byte)(unanswered | (code & CoverCode.DarkLand));
            }

            Row(evidence.Diagnostics(y)).Clear();
            Row(evidence.Seeds(y)).Clear();
            foreach (var value in LandCoverClasses.All)
            {
                Row(evidence.Confidence(value, y)).Fill(NoConfidence);
            }

            // How sure the rules are of a "yes" says nothing of what somebody else answers.
            foreach (var (value, values) in _confidence.Where(entry => absent.Contains(entry.Class)))
            {
                values.AsSpan(y * Core.Width, Core.Width).CopyTo(Row(evidence.Confidence(value, y)));
            }

            foreach (var (index, values) in _indices)
            {
                values.AsSpan(y * Core.Width, Core.Width).CopyTo(new(evidence.Index(index, y), Core.Width));
            }
        }
    }

    private Span<byte> Row(byte* row) => new(row, Core.Width);

    private static T[] Plane<T>(PixelWindow core, RowOf<T> row) where T : unmanaged
    {
        var values = new T[core.Area];
        for (var y = 0; y < core.Height; y++)
        {
            new ReadOnlySpan<T>(row(y), core.Width).CopyTo(values.AsSpan(y * core.Width));
        }

        return values;
    }

    private delegate T* RowOf<T>(int row) where T : unmanaged;
}
