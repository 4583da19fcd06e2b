using System.Collections.Immutable;
using System.Globalization;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Products;
using SpexStream.Domain.Regions;
using SpexStream.Domain.Reliability;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Alerts;

namespace SpexStream.Pipeline.Products;

/// <summary>
/// Puts a scene's products together once every tile has its answer: joins the regions, writes the files aside, renames
/// the folder into place. Blocks; safe to call for several scenes at once.
/// </summary>
internal sealed class SceneAssembler(
    IByteRasterWriters rasters, IRegionWriters vectors, ICoordinateTransforms transforms, IRegionTexts texts,
    IProductCatalogue catalogue, IAreaMeasurer? areas, string outputRoot, TimeProvider time)
{
    private const string BrowseName = "browse.png";
    private const long RegionMemoryBytes = 64L << 20;
    private readonly Lock _collection = new();

    public SceneOutcome Assemble(AssemblyTask task)
    {
        var scene = task.Scene;
        var options = task.Workshop.Options;
        Directory.CreateDirectory(outputRoot);
        using var folder = new ProductFolder(outputRoot, FolderName(task));
        var tiles = new ShadedTiles(task.Grid, task.Tiles, scene.Imagery.PixelSizeMetres, options.AssemblyThreads);
        using var regions = Join(task, tiles, outputRoot);
        // The scratch of tiles and labelling is garbage by now, most of it in arrays of many megabytes that the
        // collector would leave lying until the regions' outlines have doubled the heap.
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: false);
        var ground = SceneGround.Of(scene, task.Grid.Height, transforms);
        var place = new RegionPlace
        {
            Scene = scene.Id,
            Area = ground?.Area,
            ToEarth = ground is null ? null : point => ground.Map.At(point.X, point.Y),
            Indices = task.Workshop.Backend.Indices,
        };
        // Painting needs to know which regions are kept, not their runs.
        ImmutableArray<ClassFacts> classes = [];
        ImmutableArray<SceneFact.AreasMeasured> measured = [];
        Parallel.Invoke(
            new ParallelOptions { MaxDegreeOfParallelism = options.AssemblyThreads },
            () =>
            {
                regions.Gather(tiles);
                classes = SceneFacts.Of(task, regions, place, ground);
                WriteRegions(options, regions, place, ground, classes, folder);
            },
            () => new RasterProducts(rasters, task, tiles, regions, folder).Write(),
            () => WriteBrowse(task, tiles, options, folder),
            () => measured = Measure(task, tiles, regions, ground, folder));
        var outcome = new SceneOutcome
        {
            Scene = scene,
            Height = task.Grid.Height,
            Revision = task.Revision,
            Epoch = task.Epoch,
            CompletenessPercent = task.CompletenessPercent,
            StripsReceived = task.StripsReceived,
            MissingStrips = task.MissingStrips,
            ClosedFor = task.ClosedFor,
            Tiles = task.Grid.Count,
            Folder = folder.Target,
            Files = folder.Seal(),
            Classes = classes,
            Regions = Sketch(options, regions, place, ground, classes),
            Model = task.Workshop.Model,
            Measured = measured,
            Footprint = [.. ground?.Map.Footprint() ?? []],
            FinishedAt = time.GetUtcNow(),
        };
        FailPoints.Pass(FailPoints.AssemblyMiddle);
        File.WriteAllBytes(folder.PathOf(catalogue.FileName), catalogue.Describe(outcome));
        DescribeCollection();
        // A folder of this scene's revision and epoch can only be there from another journal.
        folder.Publish(options.FlushToDisk, replaces: task.Epoch is null);
        return outcome;
    }

    /// <summary>Full path of a product folder.</summary>
    public string PathOf(string folder) => Path.GetFullPath(Path.Combine(outputRoot, folder));

    /// <summary>Takes a scene's name away from a product; the folder stays until retention deletes it.</summary>
    public void Withdraw(SceneId scene, string folder) => ProductLink.Remove(outputRoot, scene.Value, folder);

    // No scene's id holds an @, so that no revision's folder can be another scene's.
    private static string FolderName(AssemblyTask task) => task.Epoch is { } epoch
        ? string.Create(CultureInfo.InvariantCulture, $"{task.Scene.Id}@r{task.Revision}.e{epoch}")
        : task.Scene.Id.Value;

    private void DescribeCollection()
    {
        var path = Path.Combine(outputRoot, catalogue.CollectionFileName);
        lock (_collection)
        {
            if (!File.Exists(path))
            {
                // Always the same name: what a crash left is replaced by the next product.
                var aside = $"{path}.new";
                File.WriteAllBytes(aside, catalogue.DescribeCollection());
                File.Move(aside, path, overwrite: true);
            }
        }
    }

    private static SceneRegions Join(AssemblyTask task, ITileResults tiles, string spillFolder)
    {
        var backend = task.Workshop.Backend;
        var filters = task.Workshop.Options.Classes.ToDictionary(
            value => value, value => new RegionFilter(backend.RequiresSeed(value), 1));
        using var labeller = new SceneLabeller(task.Grid, filters, new SpillStore(spillFolder, RegionMemoryBytes));
        for (var row = 0; row < task.Grid.Rows; row++)
        {
            labeller.AddRow([.. task.Grid.Row(row).Select(tiles.Read)]);
        }

        return labeller.Complete();
    }

    private ImmutableArray<SceneFact.AreasMeasured> Measure(
        AssemblyTask task, ShadedTiles tiles, SceneRegions regions, SceneGround? ground, ProductFolder folder) =>
        areas is null || ground is null ? [] : areas.Measure(new()
        {
            Scene = task.Scene,
            Revision = task.Revision,
            Map = ground.Map,
            Ground = ground.Area,
            Tiles = tiles,
            Regions = regions,
            Classes = task.Workshop.Options.Classes,
            Backend = task.Workshop.Backend.Name,
            Second = SecondOf(task),
            Product = new Uri($"{folder.Target}/{catalogue.FileName}").AbsoluteUri,
            Threads = task.Workshop.Options.AssemblyThreads,
        });

    private static SecondCover? SecondOf(AssemblyTask task) => task.Workshop.Second is not { } second ? null : new(
        second.Name,
        second.Told(task.Findings),
        value => new SecondRows(
            task.Grid, tile => task.Tiles.ReadPlane(tile, task.Workshop.Planes.Second), value));

    private static ImmutableArray<RegionSketch> Sketch(
        ProcessingOptions options, SceneRegions regions, RegionPlace place, SceneGround? ground,
            ImmutableArray<ClassFacts> classes)
    {
        var sketches = ImmutableArray.CreateBuilder<RegionSketch>();
        var shapes = ground is null ? null : new ShapeBuilder(ground);
        foreach (var facts in classes)
        {
            var reader = new RegionReader(regions, facts.Class, place);
            for (var rank = 0; rank < Math.Min(options.ObservedRegions, reader.Count); rank++)
            {
                sketches.Add(new(reader.Facts(rank), shapes is null ? [] : Outlines(reader.Outline(rank), shapes)));
            }
        }

        return sketches.ToImmutable();
    }

    private static ImmutableArray<GeoOutline> Outlines(RegionOutline outline, ShapeBuilder shapes) =>
        [.. OutlineDetail.Falling(outline).Select(shapes.ToGeo)];

    private void WriteRegions(
        ProcessingOptions options, SceneRegions regions, RegionPlace place, SceneGround? ground,
        ImmutableArray<ClassFacts> classes, ProductFolder folder)
    {
        if (options.Products.HasFlag(ProductKinds.Regions))
        {
            new RegionProducts(regions, place, ground, texts, options.AssemblyThreads).Write(classes, vectors, folder);
        }
    }

    private void WriteBrowse(AssemblyTask task, ITileResults tiles, ProcessingOptions options, ProductFolder folder)
    {
        if (options.Products.HasFlag(ProductKinds.Browse))
        {
            var picture = BrowsePicture.Of(task, tiles);
            rasters.WritePng(folder.PathOf(BrowseName), picture.Width, picture.Height, picture.Render());
            folder.Add(BrowseName, ProductFileKind.Browse, null);
        }
    }
}
