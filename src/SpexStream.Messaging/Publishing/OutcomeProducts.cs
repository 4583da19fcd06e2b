using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Products;

namespace SpexStream.Messaging.Publishing;

/// <summary>Turns a closed scene into the product that its Item and messages describe.</summary>
internal static class OutcomeProducts
{
    public static SceneProduct Of(SceneOutcome outcome, StationIdentity identity)
    {
        var scene = outcome.Scene;
        var outlines = Outlines(outcome);
        return new SceneProduct
        {
            Collection = identity.Collection,
            Platform = scene.Platform,
            Instruments = scene.Instruments.Length == 0 ? [] : [.. scene.Instruments.Split(", ")],
            Scene = scene.Id,
            Revision = outcome.Revision,
            Status = ProductStatus.Final,
            Change = outcome.Revision > 1 ? ProductChange.Updated : ProductChange.Created,
            SensingStart = scene.SensedFrom,
            SensingEnd = scene.SensedTo,
            ProcessedAt = outcome.FinishedAt,
            Outlines = outlines,
            Bounds = outlines.IsEmpty ? null : GeoBox.Around(outlines[0]),
            ProjCode = scene.Crs?.Code,
            Shape = new SceneShape(outcome.Height, scene.Width),
            Transform = scene.Transform,
            PixelSizeMetres = double.IsNaN(scene.Imagery.PixelSizeMetres) ? null : scene.Imagery.PixelSizeMetres,
            Assets = [.. outcome.Files.Select(Asset)],
            FolderHref = FolderHref(outcome),
            AreaSquareKilometres = outcome.Classes.Where(facts => !double.IsNaN(facts.AreaSquareMetres))
                .ToImmutableSortedDictionary(facts => facts.Class, facts => facts.AreaSquareMetres / 1e6),
            Visibility = VisibilityShares.From(outcome.Classes[0].Visibility),
            CompletenessPercent = outcome.CompletenessPercent,
            Software = identity.Software,
            Model = outcome.Model ?? identity.Model,
        };
    }

    public static string FolderHref(SceneOutcome outcome) => new Uri(outcome.Folder + "/").AbsoluteUri;

    public static ImmutableArray<GeoOutline> Outlines(SceneOutcome outcome) =>
        outcome.Footprint.IsEmpty ? [] : [GeoOutline.FromRing(outcome.Footprint)];

    private static ProductAsset Asset(ProductFile file) => new(
        file.Kind switch
        {
            ProductFileKind.Mask => ProductAssetKind.Mask,
            ProductFileKind.Confidence => ProductAssetKind.Confidence,
            ProductFileKind.Diagnostics => ProductAssetKind.Diagnostics,
            ProductFileKind.Validity => ProductAssetKind.Validity,
            ProductFileKind.FlatGeobuf => ProductAssetKind.Vectors,
            ProductFileKind.GeoJson => ProductAssetKind.VectorsGeoJson,
            ProductFileKind.Browse => ProductAssetKind.Browse,
            _ => throw new ArgumentOutOfRangeException(nameof(file), file.Kind, null),
        },
        file.Class,
        file.Name,
        file.Bytes,
        ContentChecksum.Of(HashKind.Sha256, Convert.FromHexString(file.Sha256)));
}
