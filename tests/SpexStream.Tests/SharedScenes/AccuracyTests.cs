using SpexStream.Domain.Accuracy;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Scenes;
using SpexStream.Tests.Pipeline;
using Xunit;
using Xunit.Abstractions;

namespace SpexStream.Tests.SharedScenes;

/// <summary>What the spectral rules reach on labelled scenes may not get worse. The figures are intersections over
/// union of the labelled pixels; labels drawn by thresholds or at another tide bound what can be reached.</summary>
public sealed class AccuracyTests(ITestOutputHelper output)
{
    private const double Tolerance = 0.005;

    [RequiresSharedDataFact]
    public async Task Athabasca_water_and_vegetation_are_found()
    {
        var scene = new SharedScene("s2-athabasca-2019");
        var labels = scene.Labels("labels_scl.tif");
        // Cloud, shadow, cirrus and what the labels left open are not scored.
        await ScoreAsync(
            scene, LandCoverClass.Water, 0.941, i => labels[i] switch { 6 => true, 4 or 5 => false, _ => null });
        await ScoreAsync(
            scene, LandCoverClass.Vegetation, 0.839, i => labels[i] switch { 4 => true, 5 or 6 => false, _ => null });
    }

    [RequiresSharedDataFact]
    public async Task Slovenia_has_its_forest_some_of_its_roofs_and_no_water()
    {
        var scene = new SharedScene("s2-slovenia-forest");
        var labels = scene.Labels("labels_lulc.tif");
        await ScoreAsync(scene, LandCoverClass.Vegetation, 0.980,
            i => labels[i] switch { 0 => null, >= 1 and <= 4 => true, _ => false });
        await ScoreAsync(
            scene, LandCoverClass.Buildings, 0.200, i => labels[i] switch { 0 => null, 8 => true, _ => false });
        var water = await scene.ProcessAsync(ProductKinds.Masks, outcome => Workbench.Pixels(outcome, "water.tif"));
        Assert.DoesNotContain(MaskCode.Yes, water);
    }

    [RequiresSharedDataFact]
    public async Task Chiapas_vegetation_is_found()
    {
        var scene = new SharedScene("landsat7-chiapas-1999");
        var labels = scene.Labels("labels.tif");
        await ScoreAsync(
            scene, LandCoverClass.Vegetation, 0.893, i => labels[i] switch { 0 => null, 1 or 3 => true, _ => false });
    }

    [RequiresSharedDataFact]
    public async Task Beaufort_water_and_vegetation_are_found()
    {
        var scene = new SharedScene("s2-beaufort-2018");
        var labels = scene.Polygons("labels_polygons.geojson", "Classvalue");
        await ScoreAsync(
            scene, LandCoverClass.Water, 0.543, i => labels[i] switch { 0 => null, 2100 => true, _ => false });
        await ScoreAsync(
            scene, LandCoverClass.Vegetation, 0.684,
                i => labels[i] switch { 0 => null, 6201 or 2260 or 2360 => true, _ => false });
    }

    [RequiresSharedDataFact]
    public async Task Every_scene_goes_through_the_pipeline_with_all_products()
    {
        foreach (var name in SharedScene.All)
        {
            var files = await new SharedScene(name).ProcessAsync(ProductKinds.All, outcome => outcome.Files);
            Assert.Equal(11, files.Length);
        }
    }

    private async Task ScoreAsync(SharedScene scene, LandCoverClass value, double expected, Func<int, bool?> label)
    {
        var mask = await scene.ProcessAsync(
            ProductKinds.Masks, outcome => Workbench.Pixels(outcome, $"{value.Slug()}.tif"));
        byte[] labels = [.. Enumerable.Range(0, mask.Length).Select(i => label(i) switch
        {
            true => ReferenceLabel.Class,
            false => ReferenceLabel.Other,
            null => ReferenceLabel.None,
        })];
        var counts = ConfusionCounts.Of(mask, labels);
        output.WriteLine(
            $"{scene.Name} {value}: IoU {counts.IntersectionOverUnion:0.0000}, F1 {counts.F1:0.0000}, {counts}");
        Assert.InRange(counts.IntersectionOverUnion, expected - Tolerance, 1);
    }
}
