using System.Collections.Immutable;
using System.Text;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Journal;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Scenes;
using SpexStream.Journal.Facts;

namespace SpexStream.Tests.Journal;

/// <summary>One fact of every type, with every field set to something that can go wrong.</summary>
internal static class SampleFacts
{
    private static readonly DateTimeOffset Sensed = new(2026, 3, 14, 10, 20, 30, 125, TimeSpan.Zero);
    private static readonly StripKey Key = new(7, 2);

    public static SceneFact.SceneOpened Opened(DateTimeOffset? deadline = null, int priority = 5) => new(
        new SceneSpec
        {
            Id = SceneId.Parse("s2a-20260314-t33"),
            Platform = PlatformId.Parse("sentinel-2a"),
            Instruments = "msi, \"x\" ü",
            SensedFrom = Sensed,
            SensedTo = Sensed.AddSeconds(12.5),
            Imagery = new SceneImagery(
                new BandSet(["blue", "green", "Red", "nir", "B99"]), PixelType.UInt16,
                new Radiometry(
                    RadiometryLevel.SurfaceReflectance, [0.0001, 0.0001, 0.0001, 0.0001, 1], [-0.1, 0, 0, 0, 0]),
                [0, null, double.NaN, double.NegativeInfinity, 65535], double.NaN),
            Width = 10980,
            Height = null,
            Transform = new Affine(399960.25, 10, 0, 5900040, 0, -10),
            Crs = new CoordinateSystem("PROJCRS[\"WGS 84 / UTM zone 33N\"]", "EPSG:32633", false, 1),
            RowsAreAbsolute = true,
            StripCount = 40,
            Priority = priority,
            Deadline = deadline,
        },
        new SceneTerms(
            512, 64, 1, TimeSpan.FromMinutes(30), TimeSpan.FromHours(6),
            [LandCoverClass.Water, LandCoverClass.Buildings], "spectral/3"));

    public static SceneFact.StripAccepted Accepted(int index = 7, int revision = 2) => new(new AcceptedStrip
    {
        Key = new StripKey(index, revision),
        RowOffset = -1200,
        Height = 300,
        ContentId = "multihash:1220aa",
        Path = "/data/in/strip 7.tif",
        Bytes = 12345678901,
        Checksum = ContentChecksum.Compute(HashKind.Sha256, "strip"u8),
        Tier = StripTier.Critical,
        AnnouncedRevision = 3,
        SensedFrom = Sensed,
        SensedTo = Sensed.AddTicks(1),
        EndsPass = true,
        Header = new StripHeader(
            "GTiff", 10980, 300, [new RasterBand(PixelType.UInt16, double.NaN, 0.0001, null, "blue")],
            new Affine(0.1, 1e-9, 0, -0.3, 0, -1e300), 512, 16),
        FileBands = [3, 0, 1],
    });

    public static ImmutableArray<SceneFact> All { get; } =
    [
        Opened(Sensed.AddHours(1), 9),
        Accepted(),
        new SceneFact.TileCrashed(Key, new TileIndex(5, 2), 12),
        new SceneFact.StripSummarised(Key),
        new SceneFact.StripQuarantined(Key, 3, "in flight at 3 crashes"),
        new SceneFact.StripReleased(Key),
        new SceneFact.PassEnded(),
        new SceneFact.GatheringEnded(CloseReason.Timeout, -1200, 10980, [3, 38]),
        new SceneFact.ScenePublished(new PublishedProduct(2, 17, "s2a-20260314-t33.r2.e17", 99, 95.5, [3, 38])),
        new SceneFact.SceneFailed("critical-strip-missing", "Strip 0 is critical and did not come.", [0]),
        new SceneFact.SceneReopened(2, "strip 3 came late"),
        new SceneFact.SceneRetracted(2, "wrong calibration"),
        new SceneFact.SceneAbandoned(1, "nobody needs it"),
        new SceneFact.ProductRemoved(1, "s2a-20260314-t33.r1.e16"),
        new SceneFact.PassEnded(
            12, ImmutableSortedDictionary<int, StripTier>.Empty.Add(3, StripTier.Critical).Add(11, StripTier.Optional)),
        .. SampleAlertFacts.All,
    ];

    /// <summary>A fact as text: records hold arrays, which compare by place and not by content.</summary>
    public static string Text(SceneFact fact) => Encoding.UTF8.GetString(SceneFactFormat.Write(fact));

    public static string Text(RecordedFact recorded) =>
        $"{recorded.Sequence} {recorded.Epoch} {recorded.At.UtcTicks} {Text(recorded.Fact)}";
}
