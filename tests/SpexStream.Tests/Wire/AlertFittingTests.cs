using System.Collections.Immutable;
using System.Globalization;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Change;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Alerts;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Tests.Alerts;
using Xunit;

namespace SpexStream.Tests.Wire;

/// <summary>That messages of alerts are the ones that looking at each form would find, whatever is told.</summary>
public sealed class AlertFittingTests
{
    private const int Seed = 4242;
    private const int Trials = 150;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_first_form_that_fits_is_sent(bool structured)
    {
        var random = new Random(Seed);
        var dropped = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var (notice, area) = Made(random);
            var context = Context(structured);
            var (change, state) = AlertMessage.EncodeBoth(notice, area, context);
            Same(AlertMessage.Encode(notice, area, context), change);
            Same(AlertMessage.EncodeState(notice, area, context), state);
            foreach (var message in (OutgoingMessage[])[change, state])
            {
                var (bodies, sent) = (Bodies(notice, area, context), message.Payload.ToArray());
                // All but the body is as long in each form.
                var place = bodies.FindIndex(body => sent.AsSpan().IndexOf(body) >= 0);
                var around = EventEnvelope.SizeOf(message) - bodies[place].Length;
                Assert.True(
                    place == bodies.FindIndex(body => body.Length + around <= MessageFitting.MaxBytes),
                    $"seed {Seed}, trial {trial}");
                dropped += place > 0 ? 1 : 0;
            }
        }

        Assert.InRange(dropped, Trials / 2, (2 * Trials) - 10);
    }

    [Fact]
    public void With_each_outline_less_a_message_is_shorter()
    {
        var random = new Random(Seed);
        for (var trial = 0; trial < Trials; trial++)
        {
            var (notice, area) = Made(random);
            foreach (var run in AlertMessage.Forms(notice, area, Context(structured: false)))
            {
                int[] sizes = [.. run.Select(body => body.Size)];
                Assert.Equal(run.Select(body => body.Bytes.Length), sizes);
                Assert.True(
                    sizes.Zip(sizes.Skip(1)).All(pair => pair.First > pair.Second), $"seed {Seed}, trial {trial}");
            }
        }
    }

    [Fact]
    public void The_twin_writes_positions_with_six_places_at_most()
    {
        var random = new Random(Seed);
        for (var trial = 0; trial < Trials; trial++)
        {
            var ring = Ring(random, 12);
            var area = Places.Area("meadow", [.. ring]);
            var notice = Notice(area, null);
            var cap = CapChecker.Valid(CapMessage.Encode(notice, area, Context(structured: false)).Payload);
            Assert.Equal(
                string.Join(' ', ring.Append(ring[0])
                    .Select(place => $"{Six(place.Latitude)},{Six(place.Longitude)}")),
                cap.GetElementsByTagName("polygon")[0]!.InnerText);
        }
    }

    private static string Six(double degrees) =>
        (Math.Round(degrees, 6) + 0.0).ToString("0.######", CultureInfo.InvariantCulture);

    private static void Same(OutgoingMessage one, OutgoingMessage other)
    {
        Assert.Equal(one.Payload.ToArray(), other.Payload.ToArray());
        Assert.Equal(
            (one.Topic, one.EventId, one.EventType, one.ContentType, one.Expiry, one.Retain, one.Qos, one.IsText),
            (other.Topic, other.EventId, other.EventType, other.ContentType, other.Expiry, other.Retain, other.Qos,
                other.IsText));
        Assert.Equal(one.UserProperties.ToArray(), other.UserProperties.ToArray());
    }

    private static List<byte[]> Bodies(AlertNotice notice, AreaOfInterest area, WireContext context) =>
        [.. AlertMessage.Forms(notice, area, context).SelectMany(run => run).Select(body => body.Bytes)];

    private static WireContext Context(bool structured) =>
        new(Sample.Station, Play.Day(2).AddHours(1)) { Envelope = new(Structured: structured) };

    private static (AlertNotice Notice, AreaOfInterest Area) Made(Random random)
    {
        var area = Places.Area("meadow", [.. Ring(random, random.Next(3, 700))]);
        return (Notice(area, new(SceneId.Parse("s2"), 1, new(SceneId.Parse("s1"), 1, Play.Day(1)))
        {
            Figures = AlertChangeTests.Changed.Figures! with
            {
                GainedPatches = Patches(random),
                LostPatches = Patches(random),
            },
        }), area);
    }

    private static AlertNotice Notice(AreaOfInterest area, ToldChange? change)
    {
        var play = new Play(Play.Water());
        play.See(1, 10);
        play.Do(new AlertInput.Observed(Play.Pass(2, 30)) { Change = change }, 2 + (1 / 24.0));
        return AlertNotices.Of(
            play.Rule, area, play.Facts.OfType<AlertFact.AlertChanged>().Last(), AlertStatus.Test,
            AlertScope.Restricted);
    }

    private static ImmutableArray<ChangePatch> Patches(Random random) =>
    [
        .. Enumerable.Range(0, random.Next(11)).Select(i => new ChangePatch(
            random.Next(1, 1000), new([new([.. Ring(random, random.Next(3, 30))])]))),
    ];

    private static LonLat[] Ring(Random random, int corners)
    {
        var (longitude, latitude) = ((random.NextDouble() * 340) - 170, (random.NextDouble() * 160) - 80);
        var digits = random.Next(2, 12);
        return
        [
            .. Enumerable.Range(0, corners).Select(i =>
            {
                var (angle, reach) = (Math.Tau * i / corners, 0.5 + (0.5 * random.NextDouble()));
                return new LonLat(
                    Math.Round(longitude + (reach * Math.Cos(angle)), digits),
                    Math.Round(latitude + (reach * Math.Sin(angle)), digits));
            }),
        ];
    }
}
