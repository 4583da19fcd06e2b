using System.Text.Json;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Examination;
using Xunit;

namespace SpexStream.Tests.Inference.Spex;

/// <summary>What the verbs on packs say of a SPEX pack.</summary>
public sealed class SpexVerbTests(TinyPack tiny) : IClassFixture<TinyPack>
{
    private static readonly ModelSessionOptions Options = new()
    {
        Device = DeviceName.Cpu,
        TileSize = 128,
        BatchSize = 2,
    };

    [Fact]
    public void A_look_tells_what_the_pack_is()
    {
        var look = SpexPackLook.Of(tiny.Pack.Folder);

        Assert.Equal(tiny.Pack.Identity, look.Pack.Identity);
        Assert.Equal(tiny.Tokenizer.Count, look.TokenizerTokens);
        Assert.InRange(look.MostPromptTokens, 1000, 4096);
    }

    [Fact]
    public void A_trial_asks_about_a_made_tile_and_finds_numbers_only()
    {
        var result = PackTrial.Run(tiny.Pack.Folder, Options, 1, TimeProvider.System);

        Assert.Empty(result.Faults);
        Assert.Equal("cpu", result.Provider);
        Assert.Equal(128 * 128, result.Covers.Values.Sum());
        Assert.InRange(result.Tokens, 2, 32);
        Assert.NotNull(result.Words);
        Assert.Equal(JsonSerializer.Serialize(result.Covers), JsonSerializer.Serialize(
            PackTrial.Run(tiny.Pack.Folder, Options, 1, TimeProvider.System).Covers));
    }

    [Fact]
    public void A_bench_measures_all_three_ways()
    {
        using var bench = new PackBench(tiny.Pack.Folder, Options, TimeProvider.System);
        var result = bench.Run(1, CancellationToken.None);

        Assert.Equal(tiny.Pack.Identity, result.Identity);
        Assert.All(new[] { result.Bare, result.Alone, result.Overlapped }, rate => Assert.True(rate > 0));
    }
}
