using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Pipeline.Alerts;
using SpexStream.Raster;
using SpexStream.Tests.Journal;
using Xunit;

namespace SpexStream.Tests.Alerts;

/// <summary>Products of nodes that have no rules.</summary>
public sealed partial class AlertJudgeTests
{
    private const int Edge = 20;
    private static readonly Affine Degrees = new(10, 0.005, 0, 50.1, 0, -0.005);

    [Fact]
    public async Task A_product_that_its_node_did_not_measure_is_measured_from_its_masks_and_judged_once()
    {
        await BeginAsync();
        await PublishUnmeasuredAsync("s1", MaskCode.Yes);
        Assert.Equal(["raised"], await RoundAsync());
        var pass = Assert.Single(Assert.Single(_judge.Open).State.Passes);
        Assert.Equal(("spectral", 1), (pass.Pass.Backend, pass.Pass.Measured.ClearShare));
        Assert.Equal(SampleFacts.Opened().Scene.SensedTo.AddDays(400), pass.Pass.SensedAt);
        Assert.EndsWith("/out/s1@r1/item.json", pass.Pass.Product, StringComparison.Ordinal);
        // What was found is known to all nodes, also by those that cannot read the masks.
        File.Delete(_folder["out/s1@r1/water.tif"]);
        await RestartAsync();
        Assert.Empty(await RoundAsync("s1"));
        Assert.Empty(_passedOver);
    }

    [Fact]
    public async Task Partial_water_of_a_product_is_no_water_as_when_it_is_measured_at_once()
    {
        await BeginAsync();
        await PublishUnmeasuredAsync("s1", MaskCode.Partial);
        Assert.Empty(await RoundAsync());
        Assert.Empty(_passedOver);
    }

    [Fact]
    public async Task A_product_that_nobody_can_measure_is_told_once_by_its_scene()
    {
        await BeginAsync();
        await PublishUnmeasuredAsync("s1", null);
        await PublishUnmeasuredAsync("s2", MaskCode.Yes);
        Assert.Equal(["raised"], await RoundAsync());
        for (var minute = 0; minute < 3; minute++)
        {
            await new AlertStream(_journal, _clock, default).OpenAsync();
            _clock.Advance(TimeSpan.FromMinutes(2));
            await _judge.TryRoundAsync(_stream, default);
            await RoundAsync("s1");
        }

        Assert.Equal(["s1"], _passedOver);
    }

    [Fact]
    public async Task A_product_without_an_area_on_it_needs_no_masks()
    {
        await BeginAsync();
        await PublishUnmeasuredAsync("s1", null, Degrees.Shifted(Edge * 10, 0));
        Assert.Empty(await RoundAsync());
        Assert.Empty(_passedOver);
    }

    [Theory]
    [InlineData(47, "raised")]
    [InlineData(49, "")]
    public async Task A_product_is_not_measured_when_it_is_too_old_to_raise_an_alert(int hours, string told)
    {
        await BeginAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));
        await PublishUnmeasuredAsync("s1", MaskCode.Yes, sensedLater: TimeSpan.FromHours(hours));
        _clock.Advance(TimeSpan.FromHours(hours));
        Assert.Equal(told, string.Join(' ', await RoundAsync()));
    }

    [Fact]
    public async Task A_product_from_before_there_were_alerts_is_left_alone()
    {
        _clock.Advance(SampleFacts.Opened().Scene.SensedTo.AddDays(400).AddHours(1) - _clock.GetUtcNow());
        await PublishUnmeasuredAsync("s1", MaskCode.Yes);
        _clock.Advance(TimeSpan.FromMinutes(5));
        await RestartAsync();
        for (var minute = 0; minute < 3; minute++)
        {
            Assert.Empty(await RoundAsync("s1"));
            _clock.Advance(TimeSpan.FromMinutes(2));
        }
    }

    /// <summary>Rules are in force, and it is an hour after the scenes to come were sensed.</summary>
    private async Task BeginAsync()
    {
        _clock.Advance(SampleFacts.Opened().Scene.SensedTo.AddDays(400).AddHours(1) - _clock.GetUtcNow());
        await RoundAsync();
        _clock.Advance(TimeSpan.FromMinutes(2));
    }

    private Task PublishUnmeasuredAsync(
        string scene, byte? code, Affine? grid = null, TimeSpan sensedLater = default) => PublishMaskAsync(
            scene, code is { } value ? [.. Enumerable.Repeat(value, Edge * Edge)] : null, grid, sensedLater);

    private async Task PublishMaskAsync(
        string scene, byte[]? samples, Affine? grid = null, TimeSpan sensedLater = default, string? outline = null)
    {
        var (opening, strip) = (SampleFacts.Opened(), SampleFacts.Accepted());
        var crs = Places.Transforms.Parse("EPSG:4326");
        var sensedTo = opening.Scene.SensedTo.AddDays(400);
        if (samples is not null)
        {
            WriteMask($"out/{scene}@r1", samples, grid ?? Degrees);
        }

        ImmutableArray<SceneFact> measured = outline is null ? []
            : [Measured(1, 10, outline: outline) with { SensedAt = sensedTo + sensedLater }];
        await PublishAsync(
            scene,
        [
            opening with
            {
                Scene = opening.Scene with
                {
                    Id = SceneId.Parse(scene),
                    Width = Edge,
                    RowsAreAbsolute = true,
                    Crs = crs,
                    Transform = (grid ?? Degrees).Shifted(0, 7),
                },
                Terms = opening.Terms with { Backend = "spectral 3", Classes = [LandCoverClass.Water] },
            },
            strip with { Strip = strip.Strip with { SensedTo = sensedTo + sensedLater } },
            new SceneFact.GatheringEnded(CloseReason.Complete, -7, Edge, []),
            .. measured,
            new SceneFact.ScenePublished(new(1, 1, $"{scene}@r1", 1, 100, [])),
        ]);
    }

    private void WriteMask(string folder, byte[] samples, Affine grid)
    {
        Directory.CreateDirectory(_folder[folder]);
        GeoTiffWriter.Write<byte>(
            _folder[$"{folder}/water.tif"], Edge, Edge, samples, grid, Places.Transforms.Parse("EPSG:4326"), 255);
    }

    private LateMeasurer Late()
    {
        var store = new GdalRasterStore(new RasterOptions());
        return new(
            store, Places.Transforms, new ReferenceMasks(store, Places.Transforms, (_, _) => { }), _folder["out"],
            "item.json");
    }
}
