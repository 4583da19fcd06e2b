using System.Security.Cryptography;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Synthesis;
using SpexStream.Raster;

namespace SpexStream.Daemon.Demo;

/// <summary>The made scene as files: strips as they would come down, and the truth.</summary>
internal sealed class MadeScene(SyntheticScene scene, string folder)
{
    private readonly CoordinateSystem _crs = new GdalCoordinateTransforms().Parse($"EPSG:{SyntheticScene.EpsgCode}");
    private readonly byte[] _truth = new byte[scene.Window.Area];

    public SyntheticScene Scene => scene;

    public string TruthPath => Path.Combine(folder, "truth.tif");

    /// <summary>Makes a strip and writes it; half of its rows on each of two threads.</summary>
    public StripAnnouncement Make(int index, Domain.Identity.SceneId id)
    {
        var strip = scene.Strips[index];
        var samples = new ushort[SyntheticScene.BandCount * strip.Area];
        Parallel.ForEach(
            Halves(strip), new ParallelOptions { MaxDegreeOfParallelism = 2 }, part => Fill(strip, part, samples));
        var path = Path.Combine(folder, $"{id.Value}-{index:00}.tif");
        GeoTiffWriter.Write<ushort>(
            path, strip.Width, strip.Height, samples, scene.Grid.Shifted(0, strip.Row), _crs, 0);
        using var stream = File.OpenRead(path);
        return new StripAnnouncement
        {
            ItemId = $"{id.Value}-{index}",
            Scene = id,
            Platform = Domain.Identity.PlatformId.Parse("made-1"),
            Instruments = ["maker"],
            StripIndex = index,
            StripCount = scene.Strips.Length,
            RowOffset = strip.Row,
            SceneShape = new SceneShape(scene.Window.Height, scene.Window.Width),
            SensingStart = scene.SensedAt(strip.Row),
            SensingEnd = scene.SensedAt(strip.Bottom),
            // The number of strips says when all are there. A strip that ends the pass would do so for those, too, that
            // the station is still opening beside it.
            IsLast = false,
            Radiometry = RadiometryLevel.SurfaceReflectance,
            Data = new StripAsset
            {
                Href = StripHref.TryParse(path, out var href) ? href : null,
                MediaType = "image/tiff; application=geotiff",
                Bands = [.. scene.Imagery.Bands.Names.Select(name => new StripBand(name, name))],
                Scale = 0.0001,
                Offset = 0,
                Nodata = 0,
                SizeBytes = stream.Length,
                Checksum = ContentChecksum.Of(HashKind.Sha256, SHA256.HashData(stream)),
            },
        };
    }

    /// <summary>Writes the truth of the whole scene.</summary>
    public void WriteTruth() => GeoTiffWriter.Write<byte>(
        TruthPath, scene.Window.Width, scene.Window.Height, _truth, scene.Grid, _crs, TruthCode.Nodata);

    private static IEnumerable<PixelWindow> Halves(PixelWindow strip)
    {
        var upper = strip.Height / 2;
        if (upper > 0)
        {
            yield return strip with { Height = upper };
        }

        yield return strip with { Row = strip.Row + upper, Height = strip.Height - upper };
    }

    private void Fill(PixelWindow strip, PixelWindow part, ushort[] samples)
    {
        var own = new ushort[SyntheticScene.BandCount * part.Area];
        scene.Fill(part, own, _truth.AsSpan(part.Row * part.Width, (int)part.Area));
        for (var band = 0; band < SyntheticScene.BandCount; band++)
        {
            own.AsSpan((int)(band * part.Area), (int)part.Area)
                .CopyTo(samples.AsSpan((int)((band * strip.Area) + ((long)(part.Row - strip.Row) * strip.Width))));
        }
    }
}
