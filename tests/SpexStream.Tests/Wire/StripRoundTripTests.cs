using System.Text;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Announcements;
using SpexStream.Messaging.Wire.Envelope;
using Xunit;
using Xunit.Abstractions;

namespace SpexStream.Tests.Wire;

public sealed class StripRoundTripTests(ITestOutputHelper output)
{
    private const int Seed = 4711;

    [Fact]
    public void What_is_announced_is_read_back_the_same_in_either_envelope()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var i = 0; i < 500; i++)
        {
            var strip = Any(random);
            var envelope = new EnvelopeOptions(Structured: random.Next(2) == 0);

            var sent = StripAnnouncementEncoder.Encode(strip, Sample.Context with { Envelope = envelope });
            var read = Sample.Accept(Sample.Decode(Sample.Received(sent)));

            // Records compare arrays by reference: the arrays are compared as JSON, the rest as it is.
            Assert.Equal(Text(strip), Text(read));
            Assert.Equal(Bare(strip), Bare(read));
            Assert.Equal(strip.Instruments.AsEnumerable(), read.Instruments.AsEnumerable());
            Assert.Equal(strip.Links.AsEnumerable(), read.Links.AsEnumerable());
            Assert.Equal(strip.Data.Bands.AsEnumerable(), read.Data.Bands.AsEnumerable());
            Assert.Equal(sent.Topic, $"spex/a/de-neustrelitz/in/strip/{strip.Platform}/{strip.Sensor}");
        }
    }

    [Fact]
    public void An_announcement_in_its_shortest_form() => Golden.Equal(
        """
        {
          "type": "Feature", "stac_version": "1.1.0", "id": "pass-77-3", "geometry": null,
          "properties": {
            "datetime": "2026-05-01T10:15:00Z", "platform": "sat-1",
            "spex:scene_id": "pass-77", "spex:strip_index": 3
          },
          "links": [],
          "assets": { "data": { "href": "/data/in/strip-3.tif" } }
        }
        """,
        StripAnnouncementEncoder.ToJson(Sample.Accept(Sample.Decode(Sample.Item()))));

    private static string Text(StripAnnouncement strip) =>
        Encoding.UTF8.GetString(StripAnnouncementEncoder.ToJson(strip));

    private static StripAnnouncement Bare(StripAnnouncement strip) =>
        strip with { Instruments = [], Links = [], Footprint = null, Data = strip.Data with { Bands = [] } };

    private static StripAnnouncement Any(Random random)
    {
        T? Maybe<T>(T value) where T : struct => random.Next(2) == 0 ? null : value;
        string? Word(string value) => random.Next(2) == 0 ? null : value;
        var start = Sample.Start.AddTicks(random.Next() / 100);
        var count = Maybe(random.Next(5, 50));
        var place = random.Next(2) == 0 ? "/data/a b.tif" : "file:///data/%C3%A9.tif";
        Assert.True(StripHref.TryParse(place, out var href));
        return new()
        {
            ItemId = $"item.{random.Next()}",
            Scene = SceneId.Parse($"scene_{random.Next()}"),
            Platform = Sample.Platform,
            StripIndex = random.Next(5),
            SensingStart = start,
            SensingEnd = start.AddTicks(random.Next(2) * random.Next() / 100),
            Revision = random.Next(1, 4),
            Instruments = random.Next(2) == 0 ? [] : ["Großes Gerät", "msi"],
            StripCount = count,
            RowOffset = Maybe(random.Next(1000)),
            SceneShape = Maybe(new SceneShape(random.Next(1000, 9999), random.Next(1, 9999))),
            Tier = (StripTier)random.Next(3),
            Priority = random.Next(10),
            Deadline = Maybe(Sample.Now.AddSeconds(random.Next(1000))),
            Instruction = Word("Suche \"Wasser\"\n\u0001 und 🛰"),
            IsLast = random.Next(2) == 0,
            ProjCode = Word("EPSG:32633"),
            Radiometry = Maybe((RadiometryLevel)random.Next(3)),
            Footprint = random.Next(2) == 0 ? null : Sample.Square,
            Bounds = null,
            Links = random.Next(2) == 0 ? [] : [new("via", "https://example.org/?a=b&c", "text/html", "Titel ü")],
            Data = new()
            {
                Href = href,
                MediaType = Word("image/tiff"),
                DataType = Word("uint16"),
                Nodata = Maybe(random.Next(2) == 0 ? double.NaN : random.NextDouble()),
                Scale = Maybe(random.NextDouble() * 1e-9),
                Offset = Maybe(-random.NextDouble()),
                SizeBytes = Maybe((long)random.Next() * 10),
                Checksum = random.Next(2) == 0 ? null : ContentChecksum.Compute((HashKind)random.Next(2), "x"u8),
                Bands = random.Next(2) == 0
                    ? []
                    : [new("B3", "green"), new("nir", null, "uint8", 0.5, 1, double.NegativeInfinity), new(null)],
            },
        };
    }
}
