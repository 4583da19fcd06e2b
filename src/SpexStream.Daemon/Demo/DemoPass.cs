using System.CommandLine;
using SpexStream.Daemon.Commands;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Synthesis;
using SpexStream.Raster;

namespace SpexStream.Daemon.Demo;

/// <summary>The strips of the demo's pass, made one after the other as they are sent.</summary>
internal sealed class DemoPass
{
    private readonly Func<int, (StripAnnouncement Strip, long Pixels)> _make;

    private DemoPass(SceneId scene, int count, MadeScene? made, Func<int, (StripAnnouncement, long)> make)
    {
        (Scene, Count, Truth) = (scene, count, made);
        _make = make;
    }

    public SceneId Scene { get; }

    public int Count { get; }

    /// <summary>The made scene with its truth; null for a real raster.</summary>
    public MadeScene? Truth { get; }

    public long PixelsMade { get; private set; }

    /// <summary>The next strip in pass order, its file in the spool folder.</summary>
    public StripAnnouncement Make(int index)
    {
        var (strip, pixels) = _make(index);
        PixelsMade += pixels;
        return strip;
    }

    public static DemoPass Made(int seed, int size, int strips, string spool)
    {
        var id = SceneId.Parse($"made-{(uint)seed}");
        var made = new MadeScene(
            SyntheticScene.Create(new SynthesisOptions { Seed = seed, Width = size, Height = size, Strips = strips }),
                spool);
        return new(id, strips, made, index => (made.Make(index, id), made.Scene.Strips[index].Area));
    }

    public static DemoPass OfRaster(RasterInput input, ParseResult parsed, string path, string spool, int strips)
    {
        var info = new GdalRasterStore(new RasterOptions()).Describe(path);
        _ = input.Place(parsed, info);
        var id = RasterInput.IdFrom(Path.GetFileNameWithoutExtension(path));
        var rows = StripCuts.Rows(info.Height, strips);
        return new(id, strips, null, index =>
        {
            var cut = StripCuts.Cut(
                info, spool, id.Value, index, strips, rows[index], parsed.GetValue(input.Nodata) != "none");
            var strip = input.Announce(
                parsed, info, cut, TimeProvider.System.GetUtcNow(), id, PlatformId.Parse("demo"), "demo");
            return (strip, (long)info.Width * rows[index].Height);
        });
    }
}
