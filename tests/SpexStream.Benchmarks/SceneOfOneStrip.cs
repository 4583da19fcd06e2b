using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;

namespace SpexStream.Benchmarks;

/// <summary>A raster announced as a whole scene.</summary>
internal static class SceneOfOneStrip
{
    private static readonly string[] BandNames = ["blue", "green", "red", "nir"];

    /// <summary>The announcement.</summary>
    public static StripAnnouncement Announce(string path, string scene)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new()
        {
            ItemId = scene,
            Scene = SceneId.Parse(scene),
            Platform = PlatformId.Parse("bench"),
            StripIndex = 0,
            StripCount = 1,
            RowOffset = 0,
            SensingStart = now,
            SensingEnd = now,
            IsLast = true,
            Radiometry = RadiometryLevel.SurfaceReflectance,
            Data = new StripAsset
            {
                Href = StripHref.TryParse(path, out var href) ? href : null,
                MediaType = "image/tiff; application=geotiff",
                Bands = [.. BandNames.Select(name => new StripBand(name, name))],
                Scale = 0.0001,
            },
        };
    }
}
