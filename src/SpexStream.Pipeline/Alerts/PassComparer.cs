using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Change;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Pipeline.Products;

namespace SpexStream.Pipeline.Alerts;

/// <summary>
/// Compares passes over the same ground by the masks of their products, on the grid of the newer one. Holds the rows of
/// two masks that the areas need, as runs, and no more. Blocks, on one thread; safe for several.
/// </summary>
/// <param name="store">Opens the masks.</param>
/// <param name="transforms">From coordinate systems to the Earth.</param>
/// <param name="outputRoot">Folder of the products.</param>
public sealed class PassComparer(IRasterStore store, ICoordinateTransforms transforms, string outputRoot)
{
    // Five bytes each.
    private const int MostRuns = 50_000_000;

    /// <summary>Reads the newer pass; null where none of the areas lies on it.</summary>
    /// <exception cref="RasterException">Its mask cannot be read.</exception>
    /// <exception cref="InvalidDataException">Its mask is not the scene's, or nothing but noise.</exception>
    internal ComparedPass? Open(
        RuleSet rules, StandingProduct product, LandCoverClass value, IEnumerable<AreaId> areas)
    {
        var ground = GroundOf(product);
        var filler = new SpanFiller(ground.Map);
        var spans = new Dictionary<AreaId, AreaSpans>();
        foreach (var area in areas.Distinct())
        {
            if (filler.Fill(rules.Index.Named(area)) is { Pixels: > 0 } found)
            {
                spans[area] = found;
            }
        }

        if (spans.Count == 0)
        {
            return null;
        }

        var (first, end) = (spans.Values.Min(area => area.FirstRow), spans.Values.Max(area => area.EndRow));
        return new(product, ground, value, Load(product, value, first, end), spans);
    }

    /// <summary>What has changed in areas since an older pass; those that do not lie on the newer one are left
    /// out.</summary>
    /// <exception cref="RasterException">The older mask cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is not the scene's, or nothing but noise.</exception>
    internal ImmutableDictionary<AreaId, ChangeFigures> Compare(
        ComparedPass newer, StandingProduct older, IEnumerable<AreaId> areas)
    {
        AreaId[] wanted = [.. areas.Where(newer.Areas.ContainsKey)];
        if (wanted.Length == 0)
        {
            return ImmutableDictionary<AreaId, ChangeFigures>.Empty;
        }

        var mapping = MappingOf(newer, older);
        var (first, end) = MappedRows.Under(mapping, Around(wanted.Select(area => newer.Areas[area])), older.Height);
        var pair = new PairedRows(Load(older, newer.Class, first, end), mapping);
        var change = new PassChange(newer.Ground.Area);
        var patches = new ChangePatches(newer.Ground);
        return wanted.ToImmutableDictionary(area => area, area =>
        {
            var found = change.Compare(newer.Rows, pair, newer.Areas[area]);
            return ChangeFigures.Of(
                found, newer.Areas[area].ShareOnScene, patches.Of(found.GainedOutlines),
                patches.Of(found.LostOutlines));
        });
    }

    private IPixelMapping MappingOf(ComparedPass newer, StandingProduct older) =>
        newer.Product.Scene is { Crs: { } crs, Transform: { } transform }
        && older.Scene is { Crs: { } olderCrs, Transform: { } olderTransform } && olderCrs.Wkt == crs.Wkt
            ? new AffineMapping(transform, olderTransform)
            : new GroundMapping(newer.Ground.Map, GroundOf(older).Map);

    private SceneGround GroundOf(StandingProduct product) =>
        SceneGround.Of(product.Scene, product.Height, transforms)
            ?? throw new InvalidDataException($"scene {product.Scene.Id} says not where its pixels lie");

    private RunBand Load(StandingProduct product, LandCoverClass value, int first, int end)
    {
        var path = Path.GetFullPath(Path.Combine(outputRoot, product.Product.Folder, $"{value.Slug()}.tif"));
        using var mask = new ProductMaskRows(store, path, product.Scene.Width, product.Height, MostRuns);
        var band = new RunBand();
        band.Load(mask, first, end - first);
        return band;
    }

    private static PixelWindow Around(IEnumerable<AreaSpans> areas)
    {
        PixelWindow[] boxes = [.. areas.Select(area => area.Bounds())];
        var (column, row) = (boxes.Min(box => box.Column), boxes.Min(box => box.Row));
        return new(column, row, boxes.Max(box => box.Right) - column, boxes.Max(box => box.Bottom) - row);
    }
}
