using System.Numerics;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Inference.Onnx;
using SpexStream.Inference.Packs;
using SpexStream.Inference.Segmentation;
using Xunit;

namespace SpexStream.Tests.Inference;

/// <summary>The vector loops between a model's numbers and cover codes, against the same rules one pixel at a
/// time.</summary>
public sealed unsafe class PixelDecisionTests
{
    private const int Slack = 64;
    private static readonly CoverTarget[] Meanings = Enum.GetValues<CoverTarget>();

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_row_of_pixels_is_decided_as_each_of_them_alone(int seed)
    {
        var random = new Random(seed);
        var (isLogits, isExclusive, width) = (random.Next(2) == 0, random.Next(2) == 0, random.Next(1, 200));
        var classes = Enumerable.Range(0, random.Next(1, 7)).Select(channel => new PackClass(
            channel, $"{channel}", Meanings[random.Next(Meanings.Length)], 0)).ToArray();
        var threshold = Meanings.ToDictionary(meaning => meaning, _ => random.NextDouble() * 0.8);
        var plan = new TargetPlan(new PackOutput(
            "answer", ElementType.Float32, isLogits, isExclusive,
            [.. classes.Select(one => one with { Threshold = threshold[one.Target] })]));
        nint stride = width + Slack;
        var given = new float[stride * classes.Length];
        for (var i = 0; i < given.Length; i++)
        {
            given[i] = random.Next(50) == 0 ? float.NaN
                : isLogits ? (random.NextSingle() * 20) - 10 : random.NextSingle();
        }

        var decided = new float[stride * plan.Targets.Length];
        using var evidence = new TileEvidence(width);
        evidence.Begin(new PixelWindow(0, 0, width, 1));
        fixed (float* from = given, to = decided)
        {
            TargetProbabilities.Convert(plan, from, stride, to, stride, width);
            new CoverDecision(plan).Row(to, stride, null, evidence, 0);
        }

        for (var x = 0; x < width; x++)
        {
            var chances = Chances(plan, [.. classes.Select(one => given[(one.Channel * stride) + x])]);
            for (var t = 0; t < chances.Length; t++)
            {
                Assert.Equal(chances[t], decided[(t * stride) + x]);
            }

            var code = Code(plan, chances);
            Assert.True(code == evidence.Codes(0)[x], $"seed {seed}, pixel {x}: {evidence.Codes(0)[x]}, not {code}");
            foreach (var value in LandCoverClasses.All)
            {
                Assert.Equal(Confidence(plan, chances, code, value), evidence.Confidence(value, 0)[x]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nodata_is_found_wherever_it_lies_and_nowhere_else(int seed)
    {
        var random = new Random(seed);
        var type = (PixelType)random.Next(4);
        var often = random.Next(1, 40);
        var width = random.Next(1, 100);
        var rule = new NodataRule(
            TestScene.Reflectance(type, 1, 0, 7, "green", "nir"));
        var window = new PixelWindow(0, 0, width, 1);
        using var planes = new PixelPlanes(window, window, 2, type);
        var expected = new byte[width];
        for (var x = 0; x < width; x++)
        {
            var (green, nir) = (random.Next(often) == 0 ? 7 : 9, random.Next(2) == 0 ? 7 : 9);
            Put(planes, 0, x, green);
            Put(planes, 1, x, nir);
            expected[x] = (byte)(green == 7 && nir == 7 ? 1 : 0);
        }

        var marks = new byte[width];
        Array.Fill(marks, (byte)9);
        var any = rule.Mark(planes, 0, 0, marks);

        Assert.Equal(expected.Contains((byte)1), any);
        Assert.Equal(any ? expected : [.. Enumerable.Repeat((byte)9, width)], marks);
    }

    private static void Put(PixelPlanes planes, int band, int x, int value)
    {
        switch (planes.Type)
        {
            case PixelType.UInt8:
                planes.RowSpan<byte>(band, 0)[x] = (byte)value;
                break;
            case PixelType.Int16:
                planes.RowSpan<short>(band, 0)[x] = (short)value;
                break;
            case PixelType.UInt16:
                planes.RowSpan<ushort>(band, 0)[x] = (ushort)value;
                break;
            default:
                planes.RowSpan<float>(band, 0)[x] = value;
                break;
        }
    }

    private static float[] Chances(TargetPlan plan, float[] values)
    {
        var isSoftmax = plan.Output is { IsLogits: true, IsExclusive: true };
        var most = values.Aggregate(MathF.Max);
        var shares = values.Select(value => isSoftmax ? Exp(value - most)
            : plan.Output.IsLogits ? 1 / (1 + Exp(-value)) : value).ToArray();
        var total = isSoftmax ? shares.Aggregate(0f, (sum, share) => sum + share) : 1;
        var chances = new float[plan.Targets.Length];
        for (var c = 0; c < shares.Length; c++)
        {
            ref var chance = ref chances[plan.TargetOfChannel[c]];
            chance = plan.Output.IsExclusive ? chance + shares[c] : MathF.Max(chance, shares[c]);
        }

        return [.. chances.Select(chance => chance / total)];
    }

    private static byte Code(TargetPlan plan, float[] chances)
    {
        if (chances.Any(float.IsNaN))
        {
            return CoverCode.Undecided;
        }

        if (plan.Output.IsExclusive)
        {
            var best = Array.IndexOf(chances, chances.Max());
            return chances[best] >= plan.Thresholds[best] ? plan.Codes[best] : CoverCode.Undecided;
        }

        var holding = Enumerable.Range(0, chances.Length).Where(t => chances[t] >= plan.Thresholds[t])
            .Select(t => plan.Codes[t]).ToArray();
        var reasons = holding.Where(code => code >= CoverCode.FirstReason).ToArray();
        return reasons.Length > 0 ? reasons.Min() : holding.Aggregate((byte)0, (all, code) => (byte)(all | code));
    }

    private static byte Confidence(TargetPlan plan, float[] chances, byte code, LandCoverClass value)
    {
        var plane = plan.PlaneOfClass[(int)value];
        if (plane < 0 || code >= CoverCode.FirstReason)
        {
            return 255;
        }

        var sure = (code & plan.Codes[plane]) != 0 ? chances[plane] : 1 - chances[plane];
        return (byte)((Math.Clamp(sure, 0, 1) * 100f) + 0.5f);
    }

    private static float Exp(float x) => Exponential.Of(new Vector<float>(x))[0];
}
