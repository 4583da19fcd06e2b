using SpexStream.Inference.Checkpoint;
using SpexStream.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace SpexStream.Tests.Inference.Checkpoint;

/// <summary>Files with flipped bits, cut short or with bytes put in: they open, or are refused in words.</summary>
public sealed class DamagedCheckpointTests(ITestOutputHelper output)
{
    private const int Seed = 20260411;
    private const int Rounds = 600;

    [Fact]
    public void A_damaged_file_is_read_or_refused_and_takes_little_memory()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var sound = MadeCheckpoint.File(
            ("first", "F32", [2, 3], new byte[24]), ("second", "BF16", [5], new byte[10]),
            ("third", "I64", [1], new byte[8]), ("fourth", "U8", [6], new byte[6]));
        using var folder = new TemporaryFolder();
        var (opened, refused) = (0, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
        {
            File.WriteAllBytes(folder["w"], Damage(sound, random));
            try
            {
                using var file = SafetensorsFile.Open(folder["w"]);
                foreach (var tensor in file.Tensors.Values)
                {
                    using var view = tensor.Map(0, (int)tensor.Count);
                    Assert.Equal(tensor.Count * tensor.Type.Bytes(), view.Bytes.Length);
                }

                opened++;
            }
            catch (CheckpointException fault)
            {
                Assert.All(fault.Faults, one => Assert.InRange(one.Length, 1, 1000));
                refused++;
            }
        }

        output.WriteLine($"{opened} opened, {refused} refused");
        Assert.True(opened > Rounds / 100 && refused > Rounds / 2);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Rounds, 0, 100_000);
    }

    private static byte[] Damage(byte[] sound, Random random)
    {
        var bytes = sound.ToList();
        for (var times = random.Next(1, 4); times > 0 && bytes.Count > 1; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 1:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 2:
                    bytes.RemoveAt(at);
                    break;
                default:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return [.. bytes];
    }
}
