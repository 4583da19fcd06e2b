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
    // As many as CoverTarget has.
    private const int MostTargets = 8;

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
        var sums = stackalloc Vector<float>[MostTargets];
        var isSoftmax = plan.Output is { IsLogits: true, IsExclusive: true };
        for (var i = 0; i < count; i += Vector<float>.Count)
        {
            new Span<Vector<float>>(sums, plan.Targets.Length).Clear();
            if (isSoftmax)
            {
                Softmax(plan, channels + i, stride, sums);
            }
            else
            {
                Plain(plan, channels + i, stride, sums);
            }

            for (var t = 0; t < plan.Targets.Length; t++)
            {
                sums[t].Store(targets + i + (t * targetStride));
            }
        }
    }

    private static void Softmax(TargetPlan plan, float* channels, nint stride, Vector<float>* sums)
    {
        var most = Read(channels);
        for (var c = 1; c < plan.TargetOfChannel.Length; c++)
        {
            most = Vector.Max(most, Read(channels + (c * stride)));
        }

        var total = Vector<float>.Zero;
        for (var c = 0; c < plan.TargetOfChannel.Length; c++)
        {
            var weight = Exponential.Of(Read(channels + (c * stride)) - most);
            sums[plan.TargetOfChannel[c]] += weight;
            total += weight;
        }

        for (var t = 0; t < plan.Targets.Length; t++)
        {
            sums[t] /= total;
        }
    }

    private static void Plain(TargetPlan plan, float* channels, nint stride, Vector<float>* sums)
    {
        for (var c = 0; c < plan.TargetOfChannel.Length; c++)
        {
            var value = Read(channels + (c * stride));
            if (plan.Output.IsLogits)
            {
                value = Vector<float>.One / (Vector<float>.One + Exponential.Of(-value));
            }

            ref var target = ref sums[plan.TargetOfChannel[c]];
            target = plan.Output.IsExclusive ? target + value : Vector.Max(target, value);
        }
    }

    private static Vector<float> Read(float* address) => Unsafe.ReadUnaligned<Vector<float>>(address);
}
