using System.Collections.Immutable;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Products;
using SpexStream.Domain.Regions;

namespace SpexStream.Pipeline.Products;

/// <summary>Writes every region of a scene to FlatGeobuf and GeoJSON.</summary>
internal static class RegionProducts
{
    public const string FlatGeobufName = "regions.fgb";
    public const string GeoJsonName = "regions.geojson";

    public static void Write(
        SceneRegions regions, RegionPlace place, SceneGround? ground, ImmutableArray<ClassFacts> classes,
        IRegionWriters writers, IRegionTexts texts, ProductFolder folder)
    {
        using var flatGeobuf = writers.CreateFlatGeobuf(folder.PathOf(FlatGeobufName));
        using var geoJson = writers.CreateGeoJson(folder.PathOf(GeoJsonName));
        var shapes = ground is null ? null : new ShapeBuilder(ground);
        foreach (var scene in classes)
        {
            var reader = new RegionReader(regions, scene.Class, place);
            for (var rank = 0; rank < reader.Count; rank++)
            {
                var facts = reader.Facts(rank);
                var shape = shapes?.Build(reader.Outline(rank));
                var text = texts.Explain(facts, scene);
                flatGeobuf.Add(facts, shape, text);
                geoJson.Add(facts, shape, text);
            }
        }

        flatGeobuf.Complete();
        geoJson.Complete();
        folder.Add(FlatGeobufName, ProductFileKind.FlatGeobuf, null);
        folder.Add(GeoJsonName, ProductFileKind.GeoJson, null);
    }
}
