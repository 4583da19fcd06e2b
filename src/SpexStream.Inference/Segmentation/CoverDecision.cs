using System.Numerics;
using System.Runtime.CompilerServices;
using SpexStream.Domain.LandCover;
using SpexStream.Inference.Packs;

namespace SpexStream.Inference.Segmentation;

/// <summary>
/// Decides the cover codes of a row from the probabilities of the targets, and how sure each decision is. Exclusive
/// classes:
/// the most probable target, if it reaches its threshold. Independent ones: each that reaches its threshold; a reason
/// not
/// to see the ground beats all. Where a probability is no number, nothing is said.
/// </summary>
internal sealed unsafe class CoverDecision(TargetPlan plan)
{
    private const byte NoConfidence = 255;
    private const int ClassCount = 3;
    private readonly bool _isExclusive = plan.Output.IsExclusive;
    private readonly int[] _codes = [.. plan.Codes.Select(code => (int)code)];
    private readonly float[] _thresholds = [.. plan.Thresholds];

    // From 0x80 on a code is a reason; the order of the codes is the order of the reasons.
    private static readonly Vector<int> FirstReason = new(CoverCode.FirstReason);
    private static readonly Vector<int> Undecided = new(CoverCode.Undecided);

    /// <summary>Decides a row.</summary>
    /// <param name="targets">Planes of the targets, with room for a vector behind the row.</param>
    /// <param name="stride">Values from one plane to the next.</param>
    /// <param name="marks">1 where nothing was measured; null where there is no such pixel.</param>
    /// <param name="evidence">Where to; begun already.</param>
    /// <param name="row">Row of the core.</param>
    public void Row(float* targets, nint stride, byte* marks, TileEvidence evidence, int row)
    {
        var width = evidence.Core.Width;
        var codes = evidence.Codes(row);
        var planes = stackalloc float*[ClassCount];
        var confidences = stackalloc byte*[ClassCount];
        var bits = stackalloc byte[ClassCount];
        var told = 0;
        for (var c = 0; c < ClassCount; c++)
        {
            var confidence = evidence.Confidence((LandCoverClass)c, row);
            if (plan.PlaneOfClass[c] is >= 0 and var plane)
            {
                planes[told] = targets + (plane * stride);
                confidences[told] = confidence;
                bits[told++] = plan.Codes[plane];
            }
            else
            {
                Unsafe.InitBlock(confidence, NoConfidence, (uint)width);
            }
        }

        // Four vectors of numbers make one of bytes. What lies behind the row is scratch of the evidence.
        var step = Vector<float>.Count;
        for (var i = 0; i < width; i += Vector<byte>.Count)
        {
            var (first, second) = (Decide(targets + i, stride), Decide(targets + i + step, stride));
            var (third, fourth) =
                (Decide(targets + i + (2 * step), stride), Decide(targets + i + (3 * step), stride));
            Narrow(first, second, third, fourth).Store(codes + i);
            for (var c = 0; c < told; c++)
            {
                var sure = planes[c] + i;
                var bit = bits[c];
                Narrow(
                    Confidence(first, Read(sure), bit), Confidence(second, Read(sure + step), bit),
                    Confidence(third, Read(sure + (2 * step)), bit), Confidence(fourth, Read(sure + (3 * step)), bit))
                    .Store(confidences[c] + i);
            }
        }

        Unsafe.InitBlock(evidence.Diagnostics(row), 0, (uint)width);
        Unsafe.InitBlock(evidence.Seeds(row), 0, (uint)width);
        if (marks is not null)
        {
            Blank(marks, evidence, row);
        }
    }

    private Vector<int> Decide(float* targets, nint stride) =>
        _isExclusive ? Exclusive(targets, stride) : Independent(targets, stride);

    private Vector<int> Exclusive(float* targets, nint stride)
    {
        var (codes, thresholds) = (_codes, _thresholds);
        var best = Read(targets);
        var sum = best;
        var code = new Vector<int>(codes[0]);
        var threshold = new Vector<float>(thresholds[0]);
        for (var t = 1; t < codes.Length && t < thresholds.Length; t++)
        {
            var value = Read(targets + (t * stride));
            sum += value;
            var wins = Vector.GreaterThan(value, best);
            best = Vector.ConditionalSelect(wins, value, best);
            code = Vector.ConditionalSelect(wins, new(codes[t]), code);
            threshold = Vector.ConditionalSelect(wins, new(thresholds[t]), threshold);
        }

        var isSure = Vector.GreaterThanOrEqual(best, threshold) & Vector.Equals(sum, sum);
        return Vector.ConditionalSelect(isSure, code, Undecided);
    }

    private Vector<int> Independent(float* targets, nint stride)
    {
        var (classes, sum) = (Vector<int>.Zero, Vector<float>.Zero);
        var reason = new Vector<int>(byte.MaxValue);
        for (var t = 0; t < plan.Targets.Length; t++)
        {
            var value = Read(targets + (t * stride));
            sum += value;
            var code = plan.Codes[t];
            var holds = Vector.GreaterThanOrEqual(value, new Vector<float>(plan.Thresholds[t]));
            if (code < CoverCode.FirstReason)
            {
                classes |= holds & new Vector<int>(code);
            }
            else
            {
                reason = Vector.Min(reason, Vector.ConditionalSelect(holds, new Vector<int>(code), new(byte.MaxValue)));
            }
        }

        var seen = Vector.ConditionalSelect(Vector.Equals(reason, new(byte.MaxValue)), classes, reason);
        return Vector.ConditionalSelect(Vector.Equals(sum, sum), seen, Undecided);
    }

    // In the decision that was taken: the probability of "yes", or what is left to one for "no".
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> Confidence(Vector<int> code, Vector<float> probability, byte bit)
    {
        var isYes = Vector.GreaterThan(code & new Vector<int>(bit), Vector<int>.Zero);
        var sure = Vector.ConditionalSelect(isYes, probability, Vector<float>.One - probability);
        var percent = Vector.ConvertToInt32(
            (Vector.Min(Vector.Max(sure, Vector<float>.Zero), Vector<float>.One) * 100f) + new Vector<float>(0.5f));
        return Vector.ConditionalSelect(Vector.GreaterThanOrEqual(code, FirstReason), new(NoConfidence), percent);
    }

    private static void Blank(byte* marks, TileEvidence evidence, int row)
    {
        for (var i = 0; i < evidence.Core.Width; i++)
        {
            if (marks[i] == 0)
            {
                continue;
            }

            evidence.Codes(row)[i] = CoverCode.Nodata;
            foreach (var value in LandCoverClasses.All)
            {
                evidence.Confidence(value, row)[i] = NoConfidence;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<byte> Narrow(Vector<int> first, Vector<int> second, Vector<int> third, Vector<int> fourth) =>
        Vector.Narrow(
            Vector.Narrow(first.As<int, uint>(), second.As<int, uint>()),
            Vector.Narrow(third.As<int, uint>(), fourth.As<int, uint>()));

    private static Vector<float> Read(float* address) => Unsafe.ReadUnaligned<Vector<float>>(address);
}
