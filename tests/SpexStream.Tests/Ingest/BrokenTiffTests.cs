using SpexStream.Domain.Announcements;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Messaging.Ingest;
using SpexStream.Raster;
using SpexStream.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace SpexStream.Tests.Ingest;

/// <summary>
/// Rasters that are cut off or have bits flipped are opened as announced strips are and read to their last row: each is
/// refused, fails with a raster error, or gives pixels. None breaks the process, takes long, or costs memory for what
/// it claims to be. Alone in the process: what is looked at is all that it holds.
/// </summary>
[CollectionDefinition(nameof(BrokenTiffTests), DisableParallelization = true)]
[Collection(nameof(BrokenTiffTests))]
public sealed class BrokenTiffTests(ITestOutputHelper output)
{
    private const int Seed = 20261122;
    private const int Count = 10_000;
    private const int Edge = 96;
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);
    private const long MostGrowthBytes = 300L << 20;

    [Fact]
    public void Ten_thousand_broken_rasters_are_refused_or_read_within_bounds()
    {
        output.WriteLine($"seed {Seed}");
        using var folder = new TemporaryFolder();
        var whole = Originals(folder).ToArray();
        var store = new GdalRasterStore(new RasterOptions());
        var opener = new StripOpener(store, new GdalCoordinateTransforms(), new IngestOptions
        {
            Limits = AnnouncementLimits.Default,
            ResolvedRoots = [RealPath.Of(folder.Root)],
        });
        var (random, path, before) = (new Random(Seed), folder["strip.tif"], Environment.WorkingSet);
        var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var longest = TimeSpan.Zero;
        for (var i = 0; i < Count; i++)
        {
            File.WriteAllBytes(path, Break(whole[i % whole.Length], random));
            var started = TimeProvider.System.GetTimestamp();
            string outcome;
            try
            {
                outcome = OpenAndRead(opener, store, path);
            }
            catch (Exception broken) when (broken is not RasterException)
            {
                throw new Xunit.Sdk.XunitException($"seed {Seed}, case {i}: {broken}");
            }
            catch (RasterException)
            {
                outcome = "failed while it was read";
            }

            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            var took = TimeProvider.System.GetElapsedTime(started);
            longest = took > longest ? took : longest;
            Assert.True(took < MostTime, $"seed {Seed}, case {i}: {outcome} after {took}");
        }

        var growth = Environment.WorkingSet - before;
        output.WriteLine(
            $"{string.Join(", ", outcomes)}; longest {longest.TotalMilliseconds:0} ms, grown by {growth >> 20} MB");
        Assert.InRange(growth, long.MinValue, MostGrowthBytes);
        Assert.All(["read", "failed while it was read", "refused"],
            outcome => Assert.InRange(outcomes.GetValueOrDefault(outcome), 100, Count));
    }

    private static string OpenAndRead(StripOpener opener, GdalRasterStore store, string path)
    {
        var announcement = new StripAnnouncement
        {
            ItemId = "broken-0",
            Scene = SceneId.Parse("broken"),
            Platform = PlatformId.Parse("sat-1"),
            StripIndex = 0,
            StripCount = 1,
            RowOffset = 0,
            SceneShape = new(Edge, Edge),
            SensingStart = Now,
            SensingEnd = Now,
            Data = new StripAsset
            {
                Href = StripHref.TryParse(path, out var href) ? href : null,
                Bands = [new("green", "green"), new("nir", "nir")],
            },
        };
        var (delivery, rejection) = opener.Open(announcement);
        if (delivery is null)
        {
            Assert.NotNull(rejection);
            return "refused";
        }

        using var reader = store.Open(path);
        var window = delivery.Info.Bounds;
        for (var row = 0; row < window.Height; row += 16)
        {
            var part = new PixelWindow(0, row, window.Width, Math.Min(16, window.Height - row));
            using var planes = new PixelPlanes(part, part, 2, delivery.Info.Type);
            reader.Read(part, [0, 1], planes, 0, 0);
        }

        return "read";
    }

    private static byte[] Break(byte[] whole, Random random)
    {
        var bytes = (byte[])whole.Clone();
        if (random.Next(3) == 0)
        {
            return bytes[..random.Next(1, bytes.Length)];
        }

        for (var change = random.Next(6); change >= 0; change--)
        {
            // Directories stand at the beginning or at the end; a bit in the pixels breaks less.
            var place = random.Next(3) switch
            {
                0 => random.Next(bytes.Length),
                1 => random.Next(Math.Min(512, bytes.Length)),
                _ => bytes.Length - 1 - random.Next(Math.Min(512, bytes.Length)),
            };
            if (random.Next(4) > 0)
            {
                bytes[place] ^= (byte)(1 << random.Next(8));
            }
            else
            {
                var word = new byte[][] { [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0x7F],
                    [0, 0, 0, 0x80] }[random.Next(4)];
                word.AsSpan(0, Math.Min(4, bytes.Length - place)).CopyTo(bytes.AsSpan(place));
            }
        }

        return bytes;
    }

    private static IEnumerable<byte[]> Originals(TemporaryFolder folder)
    {
        var plain = new TestTiff(Edge, Edge, 2, PixelType.UInt16)
        {
            Transform = new(500_000, 10, 0, 5_000_000, 0, -10),
            Epsg = 32633,
            Nodata = "0",
        };
        foreach (var layout in new[]
        {
            plain, plain with { RowsPerStrip = 7, PixelInterleaved = true }, plain with { TileEdge = 32,
                Deflate = true },
            plain with { TileEdge = 32, PixelInterleaved = true, Deflate = true },
            plain with { Type = PixelType.Float32 },
            plain with { Deflate = true },
        })
        {
            var path = folder["original.tif"];
            layout.Write(path, (band, x, y) => 100 + band + x + (y * 7));
            yield return File.ReadAllBytes(path);
        }
    }
}
