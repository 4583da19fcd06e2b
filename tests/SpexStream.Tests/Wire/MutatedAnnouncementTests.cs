using System.Text;
using System.Text.Json.Nodes;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Announcements;
using Xunit;
using Xunit.Abstractions;

namespace SpexStream.Tests.Wire;

public sealed class MutatedAnnouncementTests(ITestOutputHelper output)
{
    private const int Seed = 20260501;
    private const int Count = 10_000;

    // Stands in for an escape that a JsonNode would not write.
    private const string HalfPair = "half-a-pair";

    [Fact]
    public void Ten_thousand_broken_announcements_end_in_an_outcome_and_never_in_an_exception()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var (accepted, reasons) = (0, new SortedDictionary<RejectionReason, int>());
        for (var i = 0; i < Count; i++)
        {
            var payload = Mutate(random);
            var message = new InboundMessage("t", payload, ContentType(random), Properties(random));
            try
            {
                var outcome = StripAnnouncementDecoder.Decode(message, AnnouncementLimits.Default, Sample.Now);
                if (outcome is AnnouncementOutcome.Refused refused)
                {
                    Assert.DoesNotContain(refused.Rejection.Sentence, char.IsControl);
                    reasons[refused.Rejection.Reason] = reasons.GetValueOrDefault(refused.Rejection.Reason) + 1;
                }
                else
                {
                    accepted++;
                }
            }
            catch (Exception broken) when (broken is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {Seed}, case {i}: {broken}\n{Convert.ToBase64String(payload)}");
            }
        }

        output.WriteLine($"accepted {accepted}, refused {string.Join(", ", reasons)}");
        Assert.True(accepted > 100, "The mutations leave nothing intact.");
        Assert.True(reasons.Count >= 6, "The mutations reach too few reasons.");
    }

    private static byte[] Mutate(Random random)
    {
        var item = Full();
        if (random.Next(3) > 0)
        {
            for (var i = random.Next(3); i >= 0; i--)
            {
                MutateTree(item, random);
            }

            return Bytes(item, random);
        }

        var bytes = Bytes(item, random);
        for (var i = random.Next(4); i >= 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return random.Next(3) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static byte[] Bytes(JsonObject item, Random random) => Encoding.UTF8.GetBytes(
        Wrap(item, random).ToJsonString().Replace(HalfPair, "\\ud800", StringComparison.Ordinal));

    private static void MutateTree(JsonObject item, Random random)
    {
        var places = Places(item).ToList();
        var (parent, key) = places[random.Next(places.Count)];
        if (parent is JsonObject map)
        {
            if (random.Next(4) == 0)
            {
                map.Remove((string)key);
            }
            else
            {
                map[(string)key] = Anything(random);
            }
        }
        else
        {
            ((JsonArray)parent)[(int)key] = Anything(random);
        }
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode node)
    {
        IEnumerable<(object Key, JsonNode? Value)> children = node switch
        {
            JsonObject map => map.Select(pair => ((object)pair.Key, pair.Value)),
            JsonArray array => array.Select((value, i) => ((object)i, value)),
            _ => [],
        };
        foreach (var (key, value) in children.ToList())
        {
            yield return (node, key);
            if (value is not null)
            {
                foreach (var place in Places(value))
                {
                    yield return place;
                }
            }
        }
    }

    private static JsonNode? Anything(Random random) => random.Next(16) switch
    {
        0 => null,
        1 => JsonNode.Parse("1e999"),
        2 => JsonNode.Parse("-9223372036854775809"),
        3 => JsonValue.Create(random.Next(-3, 12)),
        4 => JsonValue.Create(random.NextDouble() * 1e6),
        5 => JsonValue.Create(true),
        6 => JsonValue.Create(""),
        7 => JsonValue.Create(new string('é', random.Next(5000))),
        8 => JsonValue.Create(HalfPair),
        9 => JsonValue.Create("a\0/../\r\n%00"),
        10 => new JsonArray(),
        11 => new JsonObject { ["coordinates"] = new JsonArray(new JsonArray()), ["type"] = "Polygon" },
        12 => new JsonArray([.. Enumerable.Range(0, random.Next(600)).Select(_ => new JsonObject())]),
        13 => JsonValue.Create("9999-12-31T23:59:59.9999999Z"),
        14 => JsonValue.Create("file://%zz/\u202e"),
        _ => JsonValue.Create("0001-01-01T00:00:00Z"),
    };

    private static JsonObject Wrap(JsonObject item, Random random) => random.Next(4) > 0 ? item : new()
    {
        ["specversion"] = "1.0",
        ["id"] = "e",
        ["source"] = "s",
        ["type"] = "t",
        [random.Next(4) == 0 ? "data_base64" : "data"] =
            random.Next(3) > 0 ? item : Convert.ToBase64String(Encoding.UTF8.GetBytes(item.ToJsonString())),
    };

    private static string? ContentType(Random random) => random.Next(6) switch
    {
        0 => "application/cloudevents+json",
        1 => "image/tiff",
        2 => "",
        _ => null,
    };

    private static System.Collections.Immutable.ImmutableArray<UserProperty> Properties(Random random) =>
        random.Next(8) == 0 ? [new("spex-item", Encoding.Latin1.GetString(Mutate(random)))] : [];

    private static JsonObject Full()
    {
        var item = Sample.Item();
        item["geometry"] = JsonNode.Parse("""{"type":"Polygon","coordinates":[[[13,53],[14,53],[14,54],[13,53]]]}""");
        item["bbox"] = JsonNode.Parse("[13, 53, 14, 54]");
        item["links"] = JsonNode.Parse("""[{"rel":"via","href":"https://example.org/a"}]""");
        item["properties"]!["spex:scene_shape"] = JsonNode.Parse("[4608, 2000]");
        item["properties"]!["instruments"] = JsonNode.Parse("[\"msi\"]");
        item["properties"]!["spex:tier"] = "optional";
        item["properties"]!["spex:deadline"] = "2026-05-01T10:30:00Z";
        item["properties"]!["proj:code"] = "EPSG:32633";
        item["assets"]!["data"]!["file:checksum"] = Sample.Checksum.Multihash;
        item["assets"]!["data"]!["bands"] = JsonNode.Parse("""[{"name": "green", "nodata": 0}, {"name": "nir"}]""");
        return item;
    }
}
