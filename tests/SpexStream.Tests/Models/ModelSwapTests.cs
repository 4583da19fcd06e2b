using System.Text.Json.Nodes;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;
using SpexStream.Journal.Sqlite;
using SpexStream.Pipeline;
using SpexStream.Tests.Inference;
using SpexStream.Tests.Pipeline;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Models;

/// <summary>The model of a running runtime is replaced, with ONNX Runtime behind it.</summary>
public sealed class ModelSwapTests(StripFiles files) : IClassFixture<StripFiles>, IAsyncDisposable
{
    private static readonly ProcessingOptions Options = new() { TileSize = 128, Classes = [LandCoverClass.Water] };
    private readonly TemporaryFolder _folder = new();
    private SqliteJournal? _journal;

    [Fact]
    public async Task An_open_scene_keeps_its_model_and_the_next_one_gets_the_new_one()
    {
        using var a = Written(TestPack.Ndwi(0.05f));
        using var b = Written(TestPack.UNet(3));
        var (onlyA, onlyB) = (await OnlyAsync(a, "first"), await OnlyAsync(b, "second"));
        await using var bench = await SwapBench.StartAsync(a.Folder, Options);
        var before = bench.MemoryBytes;

        await bench.DeliverAsync(files, "first", 0, 1);
        bench.Offer(b.Folder);
        await bench.LookAsync();
        Assert.Equal(2, bench.Models.OpenCount);
        await bench.DeliverAsync(files, "second", 2, 0, 1);
        var second = await bench.ClosedAsync("second");
        await bench.DeliverAsync(files, "first", 2);
        var first = await bench.ClosedAsync("first");

        Same(onlyA, first);
        Same(onlyB, second);
        Assert.NotEqual(Workbench.Pixels(first, "water.tif"), Workbench.Pixels(second, "water.tif"));
        Assert.EndsWith(first.Model!.Sha256!, Named(first), StringComparison.Ordinal);
        Assert.EndsWith(second.Model!.Sha256!, Named(second), StringComparison.Ordinal);
        Assert.NotEqual(first.Model.Sha256, second.Model.Sha256);
        Assert.Equal([second.Model], bench.TakenOver);
        Assert.Equal(first.Model, await bench.GoneAsync());
        Assert.Equal(1, bench.Models.OpenCount);
        Assert.NotEqual(before, bench.MemoryBytes);
        Assert.Equal(await MemoryOfAsync(b), bench.MemoryBytes);
    }

    [Fact]
    public async Task Between_scenes_the_old_model_is_gone_at_once()
    {
        using var a = Written(TestPack.Ndwi(0.05f));
        using var b = Written(TestPack.Ndwi(0.3f));
        await using var bench = await SwapBench.StartAsync(a.Folder, Options);
        await bench.DeliverAsync(files, "first", 0, 1, 2);
        await bench.ClosedAsync("first");

        bench.Offer(b.Folder);
        await bench.LookAsync();
        await bench.GoneAsync();

        Assert.Equal(1, bench.Models.OpenCount);
        await bench.DeliverAsync(files, "second", 0, 1, 2);
        Same(await OnlyAsync(b, "second"), await bench.ClosedAsync("second"));
    }

    [Fact]
    public async Task A_description_that_is_replaced_in_its_place_brings_the_files_that_it_names()
    {
        using var pack = Written(TestPack.Ndwi(0.05f));
        using var other = Written(TestPack.Ndwi(0.3f));
        await using var bench = await SwapBench.StartAsync(pack.Folder, Options);

        File.Copy(other.Graph, Path.Combine(pack.Folder, "second.onnx"));
        await bench.LookAsync();
        Assert.Empty(bench.TakenOver);
        pack.Description["assets"]!["model"]!["href"] = "second.onnx";
        pack.Write();
        await bench.LookAsync();

        Assert.Single(bench.TakenOver);
        await bench.DeliverAsync(files, "second", 0, 1, 2);
        Same(await OnlyAsync(other, "second"), await bench.ClosedAsync("second"));
    }

    [Fact]
    public async Task A_third_version_waits_and_one_that_is_still_open_comes_back_at_once()
    {
        using var a = Written(TestPack.Ndwi(0.05f));
        using var b = Written(TestPack.Ndwi(0.3f));
        using var c = Written(TestPack.Ndwi(0.5f));
        await using var bench = await SwapBench.StartAsync(a.Folder, Options);
        await bench.DeliverAsync(files, "first", 0);
        bench.Offer(b.Folder);
        await bench.LookAsync();
        bench.Offer(c.Folder);
        await bench.LookAsync();
        Assert.Equal((1, 2), (bench.Waits, bench.Models.OpenCount));

        await bench.DeliverAsync(files, "first", 1, 2);
        await bench.ClosedAsync("first");
        await bench.GoneAsync();
        await bench.DeliverAsync(files, "second", 0);
        await bench.LookAsync();
        Assert.Equal(2, bench.TakenOver.Count);
        bench.Offer(b.Folder);
        await bench.LookAsync();

        Assert.Equal(bench.TakenOver[0], bench.TakenOver[2]);
        Assert.Empty(bench.Refused);
    }

    [Fact]
    public async Task A_scene_that_comes_back_under_another_model_is_done_anew_with_its_halo()
    {
        using var a = Written(TestPack.Ndwi(0.05f));
        await using (var before = await SwapBench.StartAsync(
            a.Folder, Options, journal: Journal(), change: Places))
        {
            await before.DeliverAsync(files, "first", 0, 2);
        }

        await GoesOnAsync();
    }

    [Fact]
    public async Task A_scene_that_the_rules_began_is_done_anew_by_a_model_without_their_surveys()
    {
        await using (var before = new Workbench(RuntimeKind.Local, Options, journal: Journal(), change: Places))
        {
            foreach (var strip in new[] { 0, 2 })
            {
                await before.Runtime.DeliverAsync(
                    files.Delivery(MadeImagery.SixBands, 3, strip, "first"), CancellationToken.None);
            }
        }

        await GoesOnAsync();
    }

    private async Task GoesOnAsync()
    {
        // It sees further than the rules and than the other model.
        using var b = Written(TestPack.UNet(3, overlap: 48));
        await _journal!.DisposeAsync();
        await using var bench = await SwapBench.StartAsync(b.Folder, Options, journal: Journal(), change: Places);
        await bench.DeliverAsync(files, "first", 1);
        var outcome = await bench.ClosedAsync("first");

        Same(await OnlyAsync(b, "first"), outcome);
        Assert.EndsWith(bench.Models.Serving.Facts.Sha256!, Named(outcome), StringComparison.Ordinal);
        Assert.DoesNotContain((byte)254, Workbench.Pixels(outcome, "water.tif"));
    }

    private SqliteJournal Journal() => _journal = SqliteJournal.Open(
        new() { Path = _folder["journal.db"] }, TimeProvider.System);

    private LocalRuntimeOptions Places(LocalRuntimeOptions options) =>
        options with { WorkRoot = _folder["work"], OutputRoot = _folder["out"] };

    [Fact]
    public async Task A_pack_that_changes_while_it_is_read_is_refused()
    {
        using var a = Written(TestPack.Ndwi(0.05f));
        using var b = Written(TestPack.Ndwi(0.3f));
        await using var bench = await SwapBench.StartAsync(
            a.Folder, Options, () => File.AppendAllText(b.Graph, " "));
        bench.Offer(b.Folder);
        await bench.LookAsync();

        Assert.Contains(
            "model.onnx was changed after it was read", Assert.Single(bench.Refused).Message, StringComparison.Ordinal);
        Assert.Equal(1, bench.Models.OpenCount);
    }

    public async ValueTask DisposeAsync()
    {
        await (_journal?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    internal static string Named(SceneOutcome outcome) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(outcome.Folder, "item.json")))!
            ["properties"]!["processing:software"]!["model"]!.GetValue<string>();

    private static TestPack Written(TestPack pack)
    {
        pack.Write();
        return pack;
    }

    private static void Same(IReadOnlyDictionary<string, byte[]> expected, SceneOutcome outcome)
    {
        var actual = Workbench.Products(outcome);
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(
            expected.Where(product => product.Key != "item.json"),
            product => Assert.True(product.Value.AsSpan().SequenceEqual(actual[product.Key]), product.Key));
    }

    private static async Task<long> MemoryOfAsync(TestPack pack)
    {
        await using var bench = await SwapBench.StartAsync(pack.Folder, Options);
        return bench.MemoryBytes;
    }

    private async Task<IReadOnlyDictionary<string, byte[]>> OnlyAsync(TestPack pack, string scene)
    {
        await using var bench = await SwapBench.StartAsync(pack.Folder, Options);
        await bench.DeliverAsync(files, scene, 0, 1, 2);
        return Workbench.Products(await bench.ClosedAsync(scene));
    }
}
