using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.IntegrationTests.Support;
using SpexStream.Messaging.Wire.Announcements;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>Whatever is announced, the daemon answers with one dead letter and goes on.</summary>
public sealed class BadInputTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    [RequiresMosquittoFact]
    public async Task Each_kind_of_bad_input_has_its_dead_letter_and_a_good_strip_still_works()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "bad");
        var good = Path.Combine(rig.Incoming, "good.tif");
        File.Copy(raster.Path, good);
        File.WriteAllText(Path.Combine(rig.Incoming, "text.tif"), "no raster");
        File.WriteAllBytes(Path.Combine(rig.Incoming, "cut.tif"), File.ReadAllBytes(good)[..100]);
        File.CreateSymbolicLink(Path.Combine(rig.Incoming, "link.tif"), raster.Path);
        var kinds = Kinds(rig.Incoming, good).ToArray();
        Assert.Equal(RejectionReasons.All.Length, kinds.Select(kind => kind.Reason).Distinct().Count());

        await using var client = await rig.ConnectAsync("station");
        // Twice each: a repeat of bad input is bad input again.
        foreach (var (_, payload) in kinds.Concat(kinds))
        {
            await DaemonRig.AnnounceAsync(client, payload);
        }

        await Eventually.HoldsAsync(() => rig.DeadLetters().Length >= 2 * kinds.Length || rig.Daemon.HasExited);
        Assert.Equal(
            kinds.Concat(kinds).Select(kind => kind.Reason.Slug()).Order(StringComparer.Ordinal),
            rig.DeadLetters().Order(StringComparer.Ordinal));

        await DaemonRig.AnnounceAsync(client, Json(Good(good)));
        await rig.ClosedAsync("good");
        Assert.Equal(2 * kinds.Length, rig.DeadLetters().Length);
        Assert.Equal(
            2 * kinds.Count(kind => kind.Reason == RejectionReason.OffGrid),
            await rig.MetricAsync("spex_deadletter_total{stage=\"intake\",reason=\"off-grid\"}"));
        Assert.Equal(1, await rig.MetricAsync("spex_strips_received_total{platform=\"sat-1\",result=\"accepted\"}"));
    }

    [RequiresMosquittoFact]
    public async Task A_dead_letter_tells_what_was_wrong_where_and_what_to_do()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "letter");
        await using var client = await rig.ConnectAsync("station");
        await DaemonRig.AnnounceAsync(client, "{\"type\":\"Feature\"}"u8.ToArray());
        await Eventually.HoldsAsync(() => rig.Heard("dlq/").Length == 1);
        var letter = Assert.Single(rig.Heard("dlq/"));
        Assert.False(letter.Retain);
        var data = DaemonRig.Data(letter);
        Assert.Equal("missing-field", data["reason"]!.ToString());
        // The original can be found again, and its beginning be read.
        var original = data["original"]!;
        Assert.Equal(
            "{\"type\":\"Feature\"}"u8.ToArray(), Convert.FromBase64String(original["first_bytes"]!.ToString()));
        Assert.Equal($"spex/a/{DaemonRig.Station}/in/strip/sat-1/msi", original["topic"]!.ToString());
    }

    private static IEnumerable<(RejectionReason Reason, byte[] Payload)> Kinds(string folder, string good)
    {
        var (strip, now) = (Good(good), TimeProvider.System.GetUtcNow());
        yield return (RejectionReason.NotJson, "{\"type\": \"Feature\","u8.ToArray());
        yield return (RejectionReason.NotJson, []);
        yield return (RejectionReason.NotJson, [0xFF, 0xFE, 0x00]);
        yield return (RejectionReason.MissingField,
            Changed(strip, item => item["properties"]!.AsObject().Remove("spex:scene_id")));
        yield return (RejectionReason.BadField, Changed(strip, item => item["properties"]!["spex:strip_index"] = -1));
        yield return (
            RejectionReason.BadField, Changed(strip, item => item["properties"]!["spex:scene_id"] = "../etc"));
        yield return (
            RejectionReason.BadField, Changed(strip, item => item["properties"]!["spex:scene_id"] = "collection.json"));
        yield return (
            RejectionReason.EndBeforeStart, Json(strip with { SensingEnd = strip.SensingStart.AddSeconds(-1) }));
        yield return (RejectionReason.FromFuture,
            Json(strip with { SensingStart = now.AddHours(2), SensingEnd = now.AddHours(2) }));
        yield return (
            RejectionReason.TooOld, Json(strip with { SensingStart = now.AddDays(-2), SensingEnd = now.AddDays(-2) }));
        yield return (RejectionReason.TooFewBands, Json(WithBands(strip, "green", "a", "b", "c", "d", "e")));
        yield return (RejectionReason.BandCount, Json(WithBands(strip, "green", "nir")));
        yield return (RejectionReason.OffGrid, Json(strip with { ProjCode = "EPSG:32632" }));
        yield return (RejectionReason.OffGrid, Json(strip with { RowOffset = 100 }));
        yield return (RejectionReason.OffGrid, Json(strip with { SceneShape = new(MadeRaster.Height, 10) }));
        yield return (RejectionReason.TooLarge,
            Json(strip with { SceneShape = new(2_000_000_000, MadeRaster.Width), RowOffset = 1_900_000_000 }));
        yield return (RejectionReason.OutsideRoots, Json(At(strip, "/etc/hostname")));
        yield return (RejectionReason.OutsideRoots, Json(At(strip, Path.Combine(folder, "../outside.tif"))));
        yield return (RejectionReason.OutsideRoots, Json(At(strip, Path.Combine(folder, "link.tif"))));
        yield return (RejectionReason.OutsideRoots, Json(At(strip, "https://example.org/a.tif")));
        yield return (RejectionReason.Unreadable, Json(At(strip, Path.Combine(folder, "none.tif"))));
        yield return (RejectionReason.Unreadable, Json(At(strip, Path.Combine(folder, "text.tif"))));
        yield return (RejectionReason.Unreadable, Json(At(strip, Path.Combine(folder, "cut.tif"))));
        yield return (RejectionReason.SizeMismatch, Json(strip with { Data = strip.Data with { SizeBytes = 17 } }));
        yield return (RejectionReason.ChecksumMismatch, Json(strip with
        {
            Data = strip.Data with { Checksum = ContentChecksum.Of(HashKind.Sha256, SHA256.HashData("other"u8)) },
        }));
    }

    internal static StripAnnouncement Good(string path)
    {
        var now = TimeProvider.System.GetUtcNow();
        return At(
            new StripAnnouncement
            {
                ItemId = "good-0",
                Scene = SceneId.Parse("good"),
                Platform = PlatformId.Parse("sat-1"),
                StripIndex = 0,
                StripCount = 1,
                RowOffset = 0,
                SceneShape = new(MadeRaster.Height, MadeRaster.Width),
                SensingStart = now,
                SensingEnd = now,
                Instruments = ["msi"],
                Radiometry = RadiometryLevel.SurfaceReflectance,
                Data = new StripAsset
                {
                    Href = null,
                    Bands = [.. new[] { "blue", "green", "red", "nir", "swir16", "swir22" }.Select(
                        name => new StripBand(name, name))],
                    Scale = 0.0001,
                },
            },
            path);
    }

    private static StripAnnouncement At(StripAnnouncement strip, string path) => strip with
    {
        Data = strip.Data with
        {
            Href = StripHref.TryParse(path, out var href)
            ? href : throw new ArgumentException(path, nameof(path))
        },
    };

    private static StripAnnouncement WithBands(StripAnnouncement strip, params string[] names) =>
        strip with { Data = strip.Data with { Bands = [.. names.Select(name => new StripBand(name, name))] } };

    private static byte[] Json(StripAnnouncement strip) => StripAnnouncementEncoder.ToJson(strip);

    private static byte[] Changed(StripAnnouncement strip, Action<JsonNode> change)
    {
        var item = JsonNode.Parse(Json(strip))!;
        change(item);
        return Encoding.UTF8.GetBytes(item.ToJsonString());
    }
}
