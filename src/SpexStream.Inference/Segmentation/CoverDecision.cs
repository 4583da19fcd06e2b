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
        var confidences = stackalloc byte*[ClassCount];
        for (var c = 0; c < ClassCount; c++)
        {
            confidences[c] = evidence.Confidence((LandCoverClass)c, row);
        }

        for (var i = 0; i < width; i += Vector<float>.Count)
        {
            var code = plan.Output.IsExclusive ? Exclusive(targets + i, stride) : Independent(targets + i, stride);
            // What lies behind the row is scratch of the evidence, but not behind its stride.
            var count = Math.Min(Vector<float>.Count, width - i);
            Narrow(code, codes + i, count);
            for (var c = 0; c < ClassCount; c++)
            {
                var plane = plan.PlaneOfClass[c];
                Narrow(
                    plane < 0
                        ? new(NoConfidence)
                        : Confidence(code, Read(targets + i + (plane * stride)), plan.Codes[plane]),
                    confidences[c] + i, count);
            }
        }

        Unsafe.InitBlock(evidence.Diagnostics(row), 0, (uint)width);
        Unsafe.InitBlock(evidence.Seeds(row), 0, (uint)width);
        if (marks is not null)
        {
            Blank(marks, evidence, row);
        }
    }

    private Vector<int> Exclusive(float* targets, nint stride)
    {
        var best = Read(targets);
        var sum = best;
        var code = new Vector<int>(plan.Codes[0]);
        var threshold = new Vector<float>(plan.Thresholds[0]);
        for (var t = 1; t < plan.Targets.Length; t++)
        {
            var value = Read(targets + (t * stride));
            sum += value;
            var wins = Vector.GreaterThan(value, best);
            best = Vector.ConditionalSelect(wins, value, best);
            code = Vector.ConditionalSelect(wins, new(plan.Codes[t]), code);
            threshold = Vector.ConditionalSelect(wins, new(plan.Thresholds[t]), threshold);
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
    private static void Narrow(Vector<int> values, byte* target, int count)
    {
        var bytes = Vector.Narrow(
            Vector.Narrow(values.As<int, uint>(), Vector<uint>.Zero), Vector<ushort>.Zero);
        if (count == Vector<float>.Count)
        {
            // As many bytes as there are values: a quarter of the vector, 4, 8 or 16.
            var words = bytes.As<byte, uint>();
            for (var i = 0; i < count / sizeof(uint); i++)
            {
                Unsafe.WriteUnaligned(target + (i * sizeof(uint)), words[i]);
            }

            return;
        }

        for (var i = 0; i < count; i++)
        {
            target[i] = bytes[i];
        }
    }

    private static Vector<float> Read(float* address) => Unsafe.ReadUnaligned<Vector<float>>(address);
}
