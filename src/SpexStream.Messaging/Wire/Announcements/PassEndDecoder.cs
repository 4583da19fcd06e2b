using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Json;

namespace SpexStream.Messaging.Wire.Announcements;

/// <summary>
/// Reads ends of passes: a GeoJSON Feature, bare or in a CloudEvent of either mode. Never throws, whatever the bytes.
/// </summary>
public static class PassEndDecoder
{
    /// <summary>What <c>spex:event</c> says of an end of pass.</summary>
    public const string EventName = "end-of-pass";

    /// <summary>Decides on a message: the end of a pass, or why it is none. Safe to call from several
    /// threads.</summary>
    /// <returns>Exactly one of end and rejection; the scene as far as it could be read.</returns>
    public static (PassEnd? End, Rejection? Rejection, SceneId? Scene) Decode(
        InboundMessage message, AnnouncementLimits limits)
    {
        var findings = new ReadFindings();
        PassEnd? end = null;
        SceneId? scene = null;
        new EventDocument(message, EventTypes.PassEnded, limits, findings)
            .Read(feature => end = Read(feature, limits, out scene));
        return findings.First is { } rejection ? (null, rejection, scene) : (end, null, scene);
    }

    private static PassEnd? Read(JsonField feature, AnnouncementLimits limits, out SceneId? scene)
    {
        var type = feature.AsObject().Member("type");
        if (type.Required("give \"Feature\"").Text(limits.MaxNameLength) is { } kind and not "Feature")
        {
            type.Refuse($"is {Rejection.Quote(kind)}", "send a GeoJSON Feature");
        }

        var properties = feature.Member("properties").Required("give the Feature's properties").AsObject();
        var name = properties.Member("spex:event");
        if (name.Required($"give \"{EventName}\"").Text(limits.MaxNameLength) is { } told and not EventName)
        {
            name.Refuse($"is {Rejection.Quote(told)}", $"use {EventName}; nothing else is understood on this topic");
        }

        var id = properties.Member("spex:scene_id");
        var text = id.Required("name the scene").Text(maxLength: 1000);
        scene = SceneId.TryParse(text, out var parsed) ? parsed : null;
        if (text is not null && scene is null)
        {
            id.Refuse($"is {Rejection.Quote(text)}", $"use {TopicLevel.Rule}");
        }

        var count = (int?)properties.Member("spex:strip_count").Integer(1, AnnouncementRules.MaxStrips);
        var tiers = Tiers(properties.Member("spex:strips"), count ?? AnnouncementRules.MaxStrips, limits);
        // Strips that are expected by name are waited for, also when nobody counted them.
        return scene is not { } known ? null
            : new PassEnd(known, count ?? (tiers.IsEmpty ? null : tiers.Keys.Last() + 1)) { Tiers = tiers };
    }

    private static ImmutableSortedDictionary<int, StripTier> Tiers(
        JsonField strips, int count, AnnouncementLimits limits)
    {
        var tiers = ImmutableSortedDictionary.CreateBuilder<int, StripTier>();
        if (strips is { Exists: true } && strips.Items(count) is { Count: 0 })
        {
            strips.Refuse(
                "names no strip", "name those whose tier is known, at most as many as there are, or leave it out");
        }

        foreach (var strip in strips.Items(count))
        {
            var index = strip.AsObject().Member("index");
            var tier = strip.Member("tier");
            var number = (int?)index.Required("number the strips along the track from 0").Integer(0, count - 1);
            var text = tier.Required("use critical, wanted or optional").Text(limits.MaxNameLength);
            var value = text is null ? null : StripTiers.FromSlug(text);
            if (text is not null && value is null)
            {
                tier.Refuse($"is {Rejection.Quote(text)}", "use critical, wanted or optional");
            }

            if (number is { } at && value is { } known && !Added(tiers, at, known))
            {
                index.Refuse($"is {at}, which was named before", "name each strip once");
            }
        }

        return tiers.ToImmutable();
    }

    private static bool Added(ImmutableSortedDictionary<int, StripTier>.Builder tiers, int index, StripTier tier)
    {
        var isNew = !tiers.ContainsKey(index);
        tiers[index] = tier;
        return isNew;
    }
}
