using System.Collections.Immutable;
using SpexStream.Actors.Scenes;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Tests.Actors;

/// <summary>One of every message between nodes, and of every variant of it. New ones are added at the end, for each has
/// its golden bytes.</summary>
internal static class SampleMail
{
    private static readonly RequestId Id = new(0x1122334455667788, 42);
    private static readonly SceneId Scene = SceneId.Parse("made-1");
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static StripDelivery Full { get; } = new(
        new SceneSpec
        {
            Id = Scene,
            Platform = PlatformId.Parse("sat-1"),
            Instruments = "msi",
            SensedFrom = Noon,
            SensedTo = Noon.AddSeconds(1.5).ToOffset(TimeSpan.FromMinutes(-90)),
            Imagery = new(
                new BandSet(["green", "nir"]), PixelType.UInt16,
                new(RadiometryLevel.SurfaceReflectance, [0.0001, 0.0002], [0, -0.1]), [0, null], 10),
            Width = 1100,
            Height = 900,
            Transform = new(500_000, 10, 0.5, 4_000_000, -0.5, -10),
            Crs = new("PROJCS[\"x\"]", "EPSG:32633", false, 1),
            RowsAreAbsolute = true,
            StripCount = 3,
            Priority = 9,
            Deadline = Noon.AddMinutes(5),
            Instruction = "Mark all water.",
        },
        new StripEntry(2, 600, 300, "multihash:1220ab")
        {
            Tier = StripTier.Critical,
            AnnouncedRevision = 3,
            SensedTo = Noon.AddSeconds(1),
        },
        "/srv/incoming/a.tif",
        new RasterInfo
        {
            Path = "/srv/incoming/a.tif",
            Driver = "GTiff",
            Width = 1100,
            Height = 300,
            Bands = [new(PixelType.UInt16, 0, 0.0001, -0.1, "green"), new(PixelType.Float32, null, null, null, "")],
            Transform = new(500_000, 10, 0, 4_000_000, 0, -10),
            Crs = new("GEOGCS[\"y\"]", null, true, 1),
            BlockWidth = 256,
            BlockHeight = 128,
        },
        [1, 0], EndsPass: true)
    {
        Stamp = new(12_345, Noon.AddTicks(7)),
    };

    /// <summary>All that can be missing is.</summary>
    public static StripDelivery Bare { get; } = Full with
    {
        Scene = Full.Scene with
        {
            Height = null,
            Transform = null,
            Crs = null,
            StripCount = null,
            Deadline = null,
            Instruction = null,
            RowsAreAbsolute = false,
            Imagery = Full.Scene.Imagery with
            {
                Nodata = [],
                Type = PixelType.UInt8,
                Radiometry = Radiometry.Uniform(2, null, null, null),
            },
        },
        Strip = new StripEntry(0, 0, 1, ""),
        Info = Full.Info with { Transform = null, Crs = null },
        EndsPass = false,
        Stamp = null,
    };

    public static ImmutableArray<(string Name, object Message)> All { get; } =
    [
        ("strip", new StripDelivered(Id, Full)),
        ("bare-strip", new StripDelivered(Id, Bare)),
        ("pass", new EndPass(Id, new PassEnd(Scene, 7)
        {
            Tiers = ImmutableSortedDictionary<int, StripTier>.Empty.Add(1, StripTier.Optional)
                .Add(2, StripTier.Critical).Add(3, StripTier.Wanted),
        })),
        ("uncounted-pass", new EndPass(Id, new PassEnd(Scene, null))),
        ("reprocess", new OrderScene(Id, Scene, new SceneOrder.Reprocess(2))),
        ("reprocess-any", new OrderScene(Id, Scene, new SceneOrder.Reprocess())),
        ("retract", new OrderScene(Id, Scene, new SceneOrder.Retract(1, "wrong"))),
        ("retract-any", new OrderScene(Id, Scene, new SceneOrder.Retract())),
        ("release", new OrderScene(Id, Scene, new SceneOrder.Release(5))),
        ("abandon", new OrderScene(Id, Scene, new SceneOrder.Abandon("no use"))),
        ("abandon-silently", new OrderScene(Id, Scene, new SceneOrder.Abandon())),
        ("recall", new RecallScene(Id, Scene)),
        ("withdraw", new WithdrawAsk(Id, Scene)),
        ("wake", new WakeScene(Scene)),
        ("accepted", new StripDecided(Id, new DeliveryOutcome.Accepted())),
        ("duplicate", new StripDecided(Id, new DeliveryOutcome.Duplicate())),
        ("refused", new StripDecided(Id, new DeliveryOutcome.Refused(
            new Rejection(RejectionReason.OffGrid, "data", "lies elsewhere", "look at the grid")))),
        ("noted", new PassNoted(Id)),
        ("ordered", new OrderDecided(Id, new SceneOrderOutcome(true, "reprocessing", "It is made again.", 2))),
        ("unknown", new OrderDecided(Id, SceneOrderOutcome.Unknown)),
        ("recalled", new SceneRecalled(Id)),
        ("broke", new SceneBroke(Id, "IOException", "no room")),
        ("again", new AskAgain(Id)),
        ("broke-of-journal", new SceneBroke(Id, "IOException", "no room") { IsOfJournal = true }),
    ];
}
