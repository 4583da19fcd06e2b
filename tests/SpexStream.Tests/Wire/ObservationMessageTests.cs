using System.Text.Json.Nodes;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Outgoing;
using SpexStream.Messaging.Wire.Reading;
using Xunit;
using Xunit.Abstractions;

namespace SpexStream.Tests.Wire;

public sealed class ObservationMessageTests(ITestOutputHelper output)
{
    [Fact]
    public void A_region_in_full() => Golden.Equal(
        """
        {
          "type": "Feature",
          "id": "de-neustrelitz/observation/sat-1/pass-77/all/water/all/pass-77.water.4711",
          "geometry": {
            "type": "Polygon", "coordinates": [[[13, 53], [14, 53], [14, 54], [13, 54], [13, 53]]]
          },
          "bbox": [13, 53, 14, 54],
          "properties": {
            "pubtime": "2026-05-01T10:16:00Z",
            "datetime": null,
            "start_datetime": "2026-05-01T10:15:00Z",
            "end_datetime": "2026-05-01T10:15:04.5Z",
            "platform": "sat-1",
            "kind": "region",
            "class": "water",
            "aoi": "all",
            "spex:scene_id": "pass-77",
            "spex:region_id": "pass-77.water.4711",
            "spex:revision": 2,
            "spex:status": "final",
            "spex:completeness": 100,
            "spex:latency_s": 55.5,
            "area_m2": 12345.7,
            "fraction": 0.125,
            "confidence": { "mean": 87.5, "p10": 60 },
            "diag_bits": 31,
            "spex:window": [10, 20, 30, 40],
            "validity": {
              "clear": 0.9, "cloud": 0.05, "shadow": 0.01, "snow_ice": 0, "no_answer": 0, "nodata": 0.04
            },
            "evidence": [
              { "index": "MNDWI", "value": 0.4124, "threshold": 0.124, "passed": true },
              { "index": "NDVI", "value": -0.1 }
            ],
            "text": "Open water, calm.",
            "text_language": "en",
            "text_source": "model",
            "prompt_hash": "ab12",
            "model": {
              "name": "spex", "version": "1.0", "sha256": "cd34", "href": "file:///models/spex/item.json"
            },
            "remarks": ["not screened for cirrus"]
          },
          "links": [
            { "rel": "item", "href": "file:///out/pass-77/item.json", "type": "application/geo+json" }
          ]
        }
        """,
        ObservationMessage.Encode(Sample.Region(), Sample.Context).Payload);

    [Fact]
    public void A_summary_of_a_strip_without_a_crs()
    {
        var summary = Sample.Region() with
        {
            Kind = ObservationKind.StripSummary,
            RegionId = null,
            Strip = 3,
            Status = ProductStatus.Preliminary,
            Outlines = [],
            Bounds = null,
            Centre = null,
            AreaSquareMetres = double.NaN,
            Confidence = null,
            Evidence = [],
            Explanation = new("No water seen.", "en", IsGenerated: false),
            Model = null,
            DiagnosticBits = null,
            Window = null,
            Remarks = [],
            Links = [],
        };

        Golden.Equal(
            """
            {
              "type": "Feature",
              "id": "de-neustrelitz/observation/sat-1/pass-77/3/water/all/summary",
              "geometry": null,
              "properties": {
                "pubtime": "2026-05-01T10:16:00Z",
                "datetime": null,
                "start_datetime": "2026-05-01T10:15:00Z",
                "end_datetime": "2026-05-01T10:15:04.5Z",
                "platform": "sat-1",
                "kind": "strip-summary",
                "class": "water",
                "aoi": "all",
                "spex:scene_id": "pass-77",
                "spex:strip_index": 3,
                "spex:revision": 2,
                "spex:status": "preliminary",
                "spex:completeness": 100,
                "spex:latency_s": 55.5,
                "area_m2": null,
                "fraction": 0.125,
                "validity": {
                  "clear": 0.9, "cloud": 0.05, "shadow": 0.01, "snow_ice": 0, "no_answer": 0, "nodata": 0.04
                },
                "evidence": [],
                "text": "No water seen.",
                "text_language": "en",
                "text_source": "template"
              },
              "links": []
            }
            """,
            ObservationMessage.Encode(summary, Sample.Context).Payload);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_is_read_back_as_it_was(bool structured)
    {
        var context = Sample.Context with { Envelope = new(structured) };
        var sent = ObservationMessage.Encode(Sample.Region(), context);

        var read = ObservationReader.TryRead(Sample.Received(sent))!;

        // Written again it must say the same: what was rounded once stays as it is.
        Assert.Equal(Sample.Json(sent), Sample.Json(ObservationMessage.Encode(read, context)));
        Assert.Equal(Sample.Region().Explanation, read.Explanation);
        Assert.Equal(Sample.Region().Evidence.Length, read.Evidence.Length);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"properties\": 5}")]
    [InlineData("nonsense")]
    public void Anything_else_is_read_as_nothing(string payload) =>
        Assert.Null(ObservationReader.TryRead(Sample.Message(payload)));

    [Fact]
    public void Coarser_outlines_stand_in_before_the_text_is_left_out()
    {
        var observation = Sample.Region() with
        {
            Outlines = [Circle(3000), Circle(20)],
            Explanation = new(new string('a', 4000), "en", IsGenerated: true),
        };

        var message = ObservationMessage.Encode(observation, Sample.Context);
        var read = ObservationReader.TryRead(Sample.Received(message))!;

        Assert.Equal(4000, read.Explanation!.Text.Length);
        Assert.Equal(21, Assert.Single(read.Outlines).VertexCount);
        Assert.Equal("[\"geometry\"]", Omitted(message));
    }

    [Theory]
    [InlineData(500, "Polygon", "[\"geometry\"]", true)]
    [InlineData(6300, "Polygon", "[\"geometry\"]", true)]
    [InlineData(9000, "Polygon", "[\"geometry\",\"text\"]", false)]
    public void A_text_is_sent_whole_or_left_out_and_said_so(int length, string shape, string omitted, bool hasText)
    {
        var observation = Sample.Region() with
        {
            Outlines = [Circle(3000)],
            Explanation = new(new string('a', length), "en", IsGenerated: true),
        };

        var message = ObservationMessage.Encode(observation, Sample.Context);
        var feature = JsonNode.Parse(Sample.Json(message))!;

        Assert.Equal(omitted, Omitted(message));
        Assert.Equal(hasText ? length : null, feature["properties"]!["text"]?.GetValue<string>().Length);
        Assert.Equal(shape, feature["geometry"]!["type"]!.GetValue<string>());
    }

    [Fact]
    public void No_message_ever_exceeds_the_limit()
    {
        const int seed = 99;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] letters = ["a", "ü", "\u0001"];
        var seen = new HashSet<string>();
        for (var i = 0; i < 300; i++)
        {
            var observation = Sample.Region() with
            {
                Outlines = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Circle(random.Next(3, 5000)))],
                Explanation = new(
                    string.Concat(Enumerable.Repeat(letters[random.Next(3)], random.Next(9000))),
                    "en",
                    IsGenerated: true),
                Evidence = [.. Enumerable.Repeat(new EvidenceItem("NDWI", 0.5), random.Next(3) * random.Next(200))],
                Remarks = [.. Enumerable.Repeat("a remark of some length", random.Next(3) * random.Next(300))],
                Links =
                    [.. Enumerable.Repeat(new ItemLink("item", "file:///out/x"), random.Next(3) * random.Next(200))],
                Model = new("m", new string('v', random.Next(2) * random.Next(9000))),
            };
            var context = Sample.Context with { Envelope = new(Structured: random.Next(2) == 0) };

            var message = ObservationMessage.Encode(observation, context);

            Assert.InRange(message.Payload.Length + message.UserProperties.Sum(p => p.Value.Length), 1, 8192);
            JsonNode.Parse(Sample.Json(message));
            seen.Add(Omitted(message) ?? "");
        }

        output.WriteLine(string.Join("\n", seen.Order()));
        Assert.True(seen.Count >= 6, "The cases reach too few forms.");
    }

    private static string? Omitted(OutgoingMessage message)
    {
        var root = JsonNode.Parse(Sample.Json(message))!;
        return ((root["data"] ?? root)["properties"]!["spex:omitted"])?.ToJsonString();
    }

    private static GeoOutline Circle(int vertices) => new([new([.. Enumerable.Range(0, vertices)
        .Select(i => 2 * Math.PI * i / vertices)
        .Select(angle => new LonLat(13.5 + (0.5 * Math.Cos(angle)), 53.5 + (0.5 * Math.Sin(angle))))])]);
}
