using System.Collections.Immutable;
using System.Text;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Commands;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Announcements;
using SpexStream.Messaging.Wire.Commands;
using SpexStream.Messaging.Wire.Reading;
using Xunit;
using Xunit.Abstractions;

namespace SpexStream.Tests.Wire;

/// <summary>The headers of CloudEvents, torn apart: every reader of messages decides, and none breaks.</summary>
public sealed class MutatedHeaderTests(ITestOutputHelper output)
{
    private const int Seed = 20261122;
    private const int Count = 12_000;

    private static readonly UserProperty[] Whole =
    [
        new("specversion", "1.0"), new("id", "0f3c"), new("source", "/station/de-neustrelitz"),
        new("type", "org.example.strip"), new("subject", "pass-77-3"), new("time", "2026-05-01T10:15:05Z"),
        new("dataschema", "https://example.org/strip.json"), new("datacontenttype", "application/geo+json"),
        new("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), new("dataid", "a/b/c"),
        new("stripid", "pass-77-3"), new("sceneid", "pass-77"), new("revision", "1"), new("sequence", "3"),
        new("status", "preliminary"),
    ];

    private static readonly string[] Values =
    [
        string.Empty, " ", "1.0\0", "1.1", "\r\nid: 7", "ÿ\u202e", "\ud800", "org.ogc.api.collection.item.delete",
        "null", "{}",
        "00-00000000000000000000000000000000-0000000000000000-00", "99999999999999999999", "-1",
        "application/cloudevents",
        "../../etc/passwd", new('x', 70_000),
    ];

    private static readonly string?[] ContentTypes =
    [
        null, string.Empty, "application/geo+json", "application/cloudevents+json; charset=utf-8",
        "application/cloudevents",
        "application/cloudevents-batch+json", "APPLICATION/CLOUDEVENTS+JSON", "image/tiff",
        "image/tiff; application=geotiff",
        "text/plain;charset=\ud800", new('a', 70_000),
    ];

    [Fact]
    public void Twelve_thousand_torn_headers_end_in_an_outcome_for_every_reader()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var (accepted, refused, commands) = (0, 0, 0);
        for (var i = 0; i < Count; i++)
        {
            var message = Mutate(random);
            try
            {
                if (StripAnnouncementDecoder.Decode(message, AnnouncementLimits.Default, Sample.Now)
                    is AnnouncementOutcome.Refused no)
                {
                    Assert.DoesNotContain(no.Rejection.Sentence, char.IsControl);
                    refused++;
                }
                else
                {
                    accepted++;
                }

                var (end, rejection, _) = PassEndDecoder.Decode(message, AnnouncementLimits.Default);
                Assert.True(end is null != rejection is null);
                var verb = CommandVerbs.All[random.Next(CommandVerbs.All.Length)];
                var (command, refusal) = CommandDecoder.Decode(verb, message with { Payload = Arguments(random) });
                Assert.True(command is null != refusal is null);
                commands += command is null ? 0 : 1;
                SceneNoticeReader.TryRead(message);
                MaskReader.TryRead(message);
                ObservationReader.TryRead(message);
            }
            catch (Exception broken) when (broken is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {Seed}, case {i}: {broken}\n{message.ContentType}\n{string.Join('\n', message.UserProperties)}");
            }
        }

        output.WriteLine($"accepted {accepted}, refused {refused}, commands {commands}");
        Assert.True(accepted > 1000 && refused > 1000 && commands > 1000, "The mutations are all of one kind.");
    }

    private static InboundMessage Mutate(Random random)
    {
        var properties = Whole.ToList();
        for (var change = random.Next(4); change > 0; change--)
        {
            Change(properties, random);
        }

        var type = random.Next(3) > 0 ? "application/geo+json" : ContentTypes[random.Next(ContentTypes.Length)];
        return new(
            "spex/a/de-neustrelitz/in/strip/sat-1/msi", Encoding.UTF8.GetBytes(Sample.Item().ToJsonString()), type,
            [.. properties]);
    }

    private static void Change(List<UserProperty> properties, Random random)
    {
        var place = random.Next(properties.Count);
        var value = Values[random.Next(Values.Length)];
        switch (random.Next(7))
        {
            case 0:
                properties.RemoveAt(place);
                break;
            case 1:
                properties[place] = properties[place] with { Value = value };
                break;
            case 2:
                properties.Insert(random.Next(properties.Count), properties[place] with { Value = value });
                break;
            case 3:
                properties[place] = properties[place] with { Name = properties[place].Name.ToUpperInvariant() };
                break;
            case 4:
                properties.Add(new(value, value));
                break;
            case 5:
                properties.Add(new("spex-item", random.Next(2) == 0 ? value : Sample.Item().ToJsonString()));
                break;
            default:
                properties.AddRange(Enumerable.Repeat(properties[place], random.Next(200)));
                break;
        }

        if (properties.Count == 0)
        {
            properties.Add(new("id", value));
        }
    }

    private static byte[] Arguments(Random random) => random.Next(4) switch
    {
        0 => [],
        1 => """{"scene":"pass-77","strip":3}"""u8.ToArray(),
        2 => """{"scene":"pass-77"}"""u8.ToArray(),
        _ => "{\"spool\":\"/in\"}"u8.ToArray(),
    };
}
