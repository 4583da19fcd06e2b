using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Journal;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Pipeline.Products;

namespace SpexStream.Pipeline.Alerts;

/// <summary>
/// Measures a product that stands from the masks in its folder, where the node that made it did not: it has no rules.
/// The masks say what the tiles said. Uses one thread and a few rows of memory. Safe for several threads.
/// </summary>
/// <param name="store">Opens the masks.</param>
/// <param name="transforms">From coordinate systems to the Earth.</param>
/// <param name="references">The reference masks of the rules.</param>
/// <param name="outputRoot">Folder of the products.</param>
/// <param name="itemName">Name of the file in a product's folder that describes it.</param>
public sealed class LateMeasurer(
    IRasterStore store, ICoordinateTransforms transforms, ReferenceMasks references, string outputRoot,
    string itemName)
{
    /// <summary>What rules want to know of a product; empty where no area lies on it. No file is opened then.</summary>
    /// <exception cref="RasterException">A mask cannot be read.</exception>
    /// <exception cref="InvalidDataException">A mask is not the scene's.</exception>
    internal ImmutableArray<SceneFact.AreasMeasured> Measure(RuleSet rules, StandingProduct product)
    {
        var (scene, height) = (product.Scene, product.Height);
        if (SceneGround.Of(scene, height, transforms) is not { } ground
            || AreaReadings.OrdersOn(rules, ground.Map, product.Terms.Classes) is not { IsEmpty: false } orders)
        {
            return [];
        }

        var folder = Path.GetFullPath(Path.Combine(outputRoot, product.Product.Folder));
        var masks = new List<ProductMaskRows>();
        try
        {
            var measured = new SceneMeasurer(ground.Map, ground.Area, threads: 1).Measure(
                rules.Index, orders, Open, (name, _) => references.Under(rules, name, scene, ground.Map));
            var (backend, link) = (NameOf(product.Terms), new Uri(Path.Combine(folder, itemName)).AbsoluteUri);
            return AreaReadings.Facts(
                rules, orders, measured, part => new(product.Product.Revision, scene.SensedTo, backend, link, part));
        }
        finally
        {
            masks.ForEach(mask => mask.Dispose());
        }

        ProductMaskRows Open(LandCoverClass value)
        {
            var rows = new ProductMaskRows(store, Path.Combine(folder, $"{value.Slug()}.tif"), scene.Width, height);
            masks.Add(rows);
            return rows;
        }
    }

    // The version follows the name (SceneTerms.NameOf).
    private static string NameOf(SceneTerms terms) => terms.Backend.Split(' ')[0];
}
