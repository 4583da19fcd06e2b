using System.Collections.Concurrent;
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
/// two masks that the areas need, as runs, and no more. Blocks; safe for several threads.
/// </summary>
/// <param name="store">Opens the masks.</param>
/// <param name="transforms">From coordinate systems to the Earth.</param>
/// <param name="outputRoot">Folder of the products.</param>
/// <param name="threads">Threads to compare with, at least 1; masks are read by one.</param>
public sealed class PassComparer(
    IRasterStore store, ICoordinateTransforms transforms, string outputRoot, int threads)
{
    // Five bytes each.
    private const int MostRuns = 50_000_000;
    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = threads };

    /// <summary>Reads the newer pass; null where none of the areas lies on it.</summary>
    /// <exception cref="RasterException">Its mask cannot be read.</exception>
    /// <exception cref="InvalidDataException">Its mask is not the scene's, or nothing but noise.</exception>
    internal ComparedPass? Open(
        RuleSet rules, StandingProduct product, LandCoverClass value, IEnumerable<AreaId> areas)
    {
        var ground = GroundOf(product);
        var spans = new ConcurrentDictionary<AreaId, AreaSpans>();
        Parallel.ForEach(
            areas.Distinct(),
            _parallel,
            () => new SpanFiller(ground.Map),
            (area, _, filler) =>
            {
                if (filler.Fill(rules.Index.Named(area)) is { Pixels: > 0 } found)
                {
                    spans[area] = found;
                }

                return filler;
            },
            _ => { });
        if (spans.IsEmpty)
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
    internal IReadOnlyDictionary<AreaId, ChangeFigures> Compare(
        ComparedPass newer, StandingProduct older, IEnumerable<AreaId> areas)
    {
        AreaId[] wanted = [.. areas.Where(newer.Areas.ContainsKey)];
        if (wanted.Length == 0)
        {
            return new Dictionary<AreaId, ChangeFigures>();
        }

        var mapping = MappingOf(newer, older);
        var (first, end) = MappedRows.Under(mapping, Around(wanted.Select(area => newer.Areas[area])), older.Height);
        var pair = new PairedRows(Load(older, newer.Class, first, end), mapping);
        var figures = new ConcurrentDictionary<AreaId, ChangeFigures>();
        Parallel.ForEach(
            wanted,
            _parallel,
            () => new AreaComparer(newer.Ground.Area, new PatchBuilder(newer.Ground).Of),
            (area, _, comparer) =>
            {
                figures[area] = comparer.Compare(newer.Rows, pair, newer.Areas[area]);
                return comparer;
            },
            _ => { });
        return figures;
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
