using System.Numerics;
using System.Runtime.CompilerServices;

namespace SpexStream.Inference.Segmentation;

/// <summary>
/// Turns what a model gives for a run of pixels into one probability 0..1 for each target: softmax or the logistic
/// function
/// where it gives logits; then, of the classes that stand for the same, the sum where classes exclude each other and
/// else
/// the largest. May read and write up to one vector behind the run.
/// </summary>
internal static unsafe class TargetProbabilities
{
    /// <summary>Converts a run.</summary>
    /// <param name="plan">What the channels stand for.</param>
    /// <param name="channels">First value of the first channel; the next channel lies <paramref name="stride"/>
    /// on.</param>
    /// <param name="stride">Values from one channel to the next.</param>
    /// <param name="targets">First value of the first target; the next target lies <paramref name="targetStride"/>
    /// on.</param>
    /// <param name="targetStride">Values from one target to the next.</param>
    /// <param name="count">Pixels.</param>
    public static void Convert(
        TargetPlan plan, float* channels, nint stride, float* targets, nint targetStride, int count)
    {
        if (plan.Output is { IsLogits: true, IsExclusive: true })
        {
            Softmax(plan, channels, stride, targets, targetStride, count);
        }
        else
        {
            Plain(plan, channels, stride, targets, targetStride, count);
        }
    }

    private static void Softmax(
        TargetPlan plan, float* channels, nint stride, float* targets, nint targetStride, int count)
    {
        var targetOf = plan.TargetOfChannel.AsSpan();
        var isFirst = plan.IsFirstOfTarget.AsSpan();
        var known = plan.Targets.Length;
        for (var i = 0; i < count; i += Vector<float>.Count)
        {
            var most = Read(channels + i);
            for (var c = 1; c < targetOf.Length; c++)
            {
                most = Vector.Max(most, Read(channels + i + (c * stride)));
            }

            var total = Vector<float>.Zero;
            for (var c = 0; c < targetOf.Length; c++)
            {
                var weight = Exponential.Of(Read(channels + i + (c * stride)) - most);
                var target = targets + i + (targetOf[c] * targetStride);
                (isFirst[c] ? weight : Read(target) + weight).Store(target);
                total += weight;
            }

            for (var t = 0; t < known; t++)
            {
                var target = targets + i + (t * targetStride);
                (Read(target) / total).Store(target);
            }
        }
    }

    // Channel by channel over the whole run: what is asked of the plan is asked once.
    private static void Plain(
        TargetPlan plan, float* channels, nint stride, float* targets, nint targetStride, int count)
    {
        var (isLogits, isExclusive) = (plan.Output.IsLogits, plan.Output.IsExclusive);
        for (var t = 0; t < plan.Targets.Length; t++)
        {
            new Span<float>(targets + (t * targetStride), count).Clear();
        }

        for (var c = 0; c < plan.TargetOfChannel.Length; c++)
        {
            var target = targets + (plan.TargetOfChannel[c] * targetStride);
            for (var i = 0; i < count; i += Vector<float>.Count)
            {
                var value = Read(channels + i + (c * stride));
                if (isLogits)
                {
                    value = Vector<float>.One / (Vector<float>.One + Exponential.Of(-value));
                }

                var before = Read(target + i);
                (isExclusive ? before + value : Vector.Max(before, value)).Store(target + i);
            }
        }
    }

    private static Vector<float> Read(float* address) => Unsafe.ReadUnaligned<Vector<float>>(address);
}
