using System.Globalization;
using System.Text;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.IntegrationTests.Journal;

/// <summary>Appends of the size that a station writes.</summary>
internal static class JournalSamples
{
    public static DateTimeOffset Noon { get; } = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The acceptance of a strip.</summary>
    public static SceneAppend Acceptance(int strip) => new(Noon, new SceneFact.StripAccepted(new AcceptedStrip
    {
        Key = new StripKey(strip, 1),
        RowOffset = strip * 256,
        Height = 256,
        ContentId = "multihash:1220" + new string('a', 64),
        Path = $"/data/in/scene/strip-{strip}.tif",
        Bytes = 12_000_000,
        Checksum = ContentChecksum.Compute(HashKind.Sha256, "strip"u8),
        Tier = StripTier.Wanted,
        AnnouncedRevision = 1,
        SensedFrom = Noon,
        SensedTo = Noon,
        EndsPass = false,
        Header = new StripHeader(
            "GTiff", 10980, 256,
            [.. new[] { "blue", "green", "red", "nir" }
                .Select(name => new RasterBand(PixelType.UInt16, 0, 0.0001, null, name))],
            new Affine(399960, 10, 0, 5900040, 0, -10), 512, 512),
        FileBands = [0, 1, 2, 3],
    }));

    /// <summary>The answer of a tile, which needs no flush of its own.</summary>
    public static SceneAppend Tile(int tile) => new(Noon, new SceneFact.TileCrashed(
        new(tile, 1), new TileIndex(tile % 22, tile / 22), 1))
    {
        Durability = Durability.Crash,
    };

    /// <summary>A message of some kilobytes.</summary>
    public static OutgoingMessage Message(string id) => new()
    {
        Topic = "spex/a/station/out/observation/water/all",
        Payload = Encoding.UTF8.GetBytes(new string('x', 4000)),
        ContentType = "application/geo+json",
        UserProperties = [.. Enumerable.Range(0, 12).Select(i => new UserProperty(
            string.Create(CultureInfo.InvariantCulture, $"property{i}"), "a value of some length"))],
        Qos = 1,
        Retain = false,
        Expiry = TimeSpan.FromDays(1),
        IsText = true,
        EventId = id,
        EventType = "org.spexstream.observation.created.v1",
    };
}
