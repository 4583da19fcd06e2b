using SpexStream.Domain.Announcements;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Synthesis;
using SpexStream.Raster;
using SpexStream.Tests.Support;

namespace SpexStream.Tests.Pipeline;

/// <summary>A made scene of 1100 x 900 pixels as files: whole, or cut into strips of uneven height, each number of
/// strips with another layout of the file.</summary>
public sealed class StripFiles : IDisposable
{
    public const int Width = 1100;
    public const int Height = 900;
    private static readonly DateTimeOffset Sensed = new(2026, 5, 1, 10, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly ushort[] _pixels = new ushort[SyntheticScene.BandCount * Width * Height];

    public StripFiles()
    {
        var scene = SyntheticScene.Create(new() { Seed = 20260501, Width = Width, Height = Height, Strips = 1 });
        scene.Fill(scene.Window, _pixels, new byte[Width * Height]);
        Grid = scene.Grid;
        foreach (var count in new[] { 1, 3, 17 })
        {
            var edges = Edges(count);
            for (var i = 0; i < count; i++)
            {
                Write(PathOf(count, i), edges[i], edges[i + 1] - edges[i], Layout(count));
            }
        }
    }

    public Affine Grid { get; }

    public static IRasterStore Store { get; } = new GdalRasterStore(new RasterOptions());

    /// <summary>The value of a band at a pixel of the scene.</summary>
    public ushort At(int band, int column, int row) => _pixels[(((band * Height) + row) * Width) + column];

    public string PathOf(int count, int index) => _folder[$"{count}-{index}.tif"];

    /// <summary>First rows of the strips, and the height at the end.</summary>
    public static int[] Edges(int count) =>
        [.. Enumerable.Range(0, count).Select(i => (i * Height / count) - (i % 3 * 2)), Height];

    /// <summary>Writes rows of the scene into a file.</summary>
    internal void Write(string path, int row, int height, TestTiff layout) =>
        (layout with
        {
            Width = Width,
            Height = height,
            Transform = Grid.Shifted(0, row),
            Epsg = SyntheticScene.EpsgCode,
            Nodata = "0"
        })
        .Write(path, (band, x, y) => At(band, x, row + y));

    /// <summary>A strip as the pipeline gets it.</summary>
    internal StripDelivery Delivery(
        MadeImagery imagery, int count, int index, string scene = "made", string? path = null,
            Func<StripAnnouncement, StripAnnouncement>? change = null)
    {
        path ??= PathOf(count, index);
        var announcement = new StripAnnouncement
        {
            ItemId = $"{scene}-{index}",
            Scene = SceneId.Parse(scene),
            Platform = PlatformId.Parse("sat-1"),
            StripIndex = index,
            StripCount = count,
            RowOffset = Edges(count)[index],
            SceneShape = new(Height, Width),
            SensingStart = Sensed,
            SensingEnd = Sensed,
            Radiometry = imagery.Level,
            Data = new StripAsset
            {
                Href = StripHref.TryParse(path, out var href) ? href : null,
                Bands = [.. imagery.Bands.Select(name => new StripBand(name, name))],
                Scale = imagery.Scale,
            },
        };
        var (delivery, rejection) = StripPlacement.Place(
            (change ?? (same => same))(announcement), Store.Describe(path), null);
        return delivery ?? throw new InvalidOperationException(rejection!.Sentence);
    }

    public void Dispose() => _folder.Dispose();

    private static TestTiff Layout(int count)
    {
        var plain = new TestTiff(Width, Height, SyntheticScene.BandCount, PixelType.UInt16);
        return count switch
        {
            1 => plain with { TileEdge = 256, PixelInterleaved = true, Deflate = true },
            3 => plain with { RowsPerStrip = 7, PixelInterleaved = true },
            _ => plain with { RowsPerStrip = 16 },
        };
    }
}
