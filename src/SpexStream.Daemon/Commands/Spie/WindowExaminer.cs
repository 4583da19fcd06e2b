using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;
using SpexStream.Domain.Regions;
using SpexStream.Domain.Spie;

namespace SpexStream.Daemon.Commands.Spie;

/// <summary>Finds the regions of one picture, cut at its border, and their facts. One thread.</summary>
internal sealed class WindowExaminer(
    SceneId scene, ITileBackend backend, ISceneFindings findings, ImmutableArray<LandCoverClass> classes) : IDisposable
{
    private const long RegionMemoryBytes = 64L << 20;

    private readonly TileGrid _grid = new(SpieWindow.Size, SpieWindow.Size, SpieWindow.Size, 0);
    private readonly TileEvidence _evidence = new(SpieWindow.Size);

    /// <summary>The regions of each class by the spectral rules.</summary>
    public ImmutableArray<WindowClass> BySpectra(PixelPlanes pixels)
    {
        backend.Classify(pixels, findings, _evidence);
        return Find(backend.Indices, backend.RequiresSeed);
    }

    /// <summary>The regions of each class by labels.</summary>
    /// <param name="codes">Cover codes, row by row.</param>
    public ImmutableArray<WindowClass> ByLabels(byte[] codes)
    {
        LabelEvidence.Fill(codes, _grid.Bounds, classes, _evidence);
        return Find([], _ => false);
    }

    public void Dispose() => _evidence.Dispose();

    private ImmutableArray<WindowClass> Find(ImmutableArray<IndexKind> indices, Func<LandCoverClass, bool> needsSeed)
    {
        var tile = new TileLabeller(_grid, classes, indices).Label(new(0, 0), _evidence);
        var filters = classes.ToDictionary(value => value, value => new RegionFilter(needsSeed(value), 1));
        using var labeller = new SceneLabeller(_grid, filters, new SpillStore(Path.GetTempPath(), RegionMemoryBytes));
        labeller.AddRow([tile]);
        using var regions = labeller.Complete();
        regions.Gather(new OneTile(tile));
        var place = new RegionPlace { Scene = scene, Area = null, ToEarth = null, Indices = indices };
        return [.. classes.Select(value => Describe(regions, new RegionReader(regions, value, place)))];
    }

    private WindowClass Describe(SceneRegions regions, RegionReader reader)
    {
        var mask = new byte[SpieWindow.Size * SpieWindow.Size];
        for (var rank = 0; rank < reader.Count; rank++)
        {
            foreach (var run in reader.Runs(rank))
            {
                mask.AsSpan((run.Row * SpieWindow.Size) + run.Start, run.End - run.Start).Fill(1);
            }
        }

        var facts = new ClassFacts
        {
            Class = reader.Class,
            Extent = _grid.Bounds,
            Pixels = mask.Count((byte)1),
            PartialPixels = 0,
            AreaSquareMetres = double.NaN,
            Visibility = regions.Visibility,
            RegionCount = reader.Count,
            Largest = [.. Enumerable.Range(0, Math.Min(SpiePrompt.MaxRegions, reader.Count)).Select(reader.Facts)],
            MeanConfidence = double.NaN,
            MeanIndex = ImmutableSortedDictionary<IndexKind, double>.Empty,
            Thresholds = [],
            Radiometry = RadiometryLevel.Uncalibrated,
            CentreOnEarth = null,
            CompletenessPercent = 100,
            IsPreliminary = false,
            Remarks = [],
        };
        return new(facts, mask);
    }

    private sealed record OneTile(TileResult Tile) : ITileResults
    {
        public TileResult Read(TileIndex tile) => Tile;
    }
}

/// <summary>One class in one picture.</summary>
/// <param name="Facts">Its regions.</param>
/// <param name="Mask">1 where a pixel is of it, else 0; row by row.</param>
internal sealed record WindowClass(ClassFacts Facts, byte[] Mask);
