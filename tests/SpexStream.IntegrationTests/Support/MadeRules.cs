using System.Text.Json.Nodes;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Synthesis;
using SpexStream.Raster;

namespace SpexStream.IntegrationTests.Support;

/// <summary>Alert rules over the made scene.</summary>
internal static class MadeRules
{
    /// <summary>Writes rules, and beside them areas.geojson with one area, all-of-it, that is all of the made
    /// scene.</summary>
    /// <returns>The file of rules.</returns>
    public static string Write(MadeRaster raster, string name, string rules)
    {
        var folder = raster.NewFolder($"{name}-rules");
        var transforms = new GdalCoordinateTransforms();
        var scene = SyntheticScene.Create(
            new() { Seed = 7, Width = MadeRaster.Width, Height = MadeRaster.Height, Strips = 1 });
        var map = GroundMap.Create(
            MadeRaster.Width, MadeRaster.Height, scene.Grid, transforms.Parse($"EPSG:{SyntheticScene.EpsgCode}"),
            transforms)!;
        var ring = new JsonArray([.. map.Footprint().Append(map.Footprint()[0])
            .Select(place => (JsonNode)new JsonArray(place.Longitude, place.Latitude))]);
        File.WriteAllText(
            Path.Combine(folder, "areas.geojson"),
            new JsonObject
            {
                ["type"] = "Feature",
                ["id"] = "all-of-it",
                ["geometry"] = new JsonObject { ["type"] = "Polygon", ["coordinates"] = new JsonArray(ring) },
            }.ToJsonString());
        var file = Path.Combine(folder, "rules.yaml");
        File.WriteAllText(file, rules);
        return file;
    }
}
