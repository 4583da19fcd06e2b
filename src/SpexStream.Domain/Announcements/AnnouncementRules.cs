using SpexStream.Domain.Imagery;

namespace SpexStream.Domain.Announcements;

/// <summary>What holds between the fields of an announcement, and against the clock. Pure; nothing is opened.</summary>
public static class AnnouncementRules
{
    /// <summary>Bands that some rule can use, at least.</summary>
    public const int MinUsableBands = 2;

    /// <summary>Strips of a scene, at most.</summary>
    public const int MaxStrips = 1_000_001;

    /// <summary>The first rule that is broken, in a fixed order; null when all hold.</summary>
    public static Rejection? Check(StripAnnouncement strip, AnnouncementLimits limits, DateTimeOffset now) =>
        CheckTimes(strip, limits, now) ?? CheckPlace(strip) ?? CheckBands(strip) ?? CheckData(strip.Data, limits);

    private static Rejection? CheckTimes(StripAnnouncement strip, AnnouncementLimits limits, DateTimeOffset now)
    {
        if (strip.SensingEnd < strip.SensingStart)
        {
            return new(
                RejectionReason.EndBeforeStart,
                "properties.end_datetime",
                $"({strip.SensingEnd:O}) lies before start_datetime ({strip.SensingStart:O})",
                "give the times of the first and the last row in this order");
        }

        if (strip.SensingEnd - now > limits.MaxFutureSkew)
        {
            return new(
                RejectionReason.FromFuture,
                "properties.end_datetime",
                $"({strip.SensingEnd:O}) is {strip.SensingEnd - now:c} ahead of this station's clock",
                $"set the sender's clock, at most {limits.MaxFutureSkew:c} are tolerated");
        }

        return limits.MaxDataAge is { } age && now - strip.SensingEnd > age
            ? new(
                RejectionReason.TooOld,
                "properties.end_datetime",
                $"({strip.SensingEnd:O}) is {now - strip.SensingEnd:c} ago",
                $"strips are accepted up to {age:c} after sensing, process older ones from the command line")
            : null;
    }

    private static Rejection? CheckPlace(StripAnnouncement strip)
    {
        if (strip.StripCount is { } count && strip.StripIndex >= count)
        {
            return new(
                RejectionReason.BadField,
                "properties[\"spex:strip_index\"]",
                $"is {strip.StripIndex} of {count} strips",
                "count strips from 0");
        }

        return strip.SceneShape is { } shape && strip.RowOffset >= shape.Rows
            ? new(
                RejectionReason.BadField,
                "properties[\"spex:row_offset\"]",
                $"is {strip.RowOffset} in a scene of {shape.Rows} rows",
                "give the strip's first row in its scene, counted from 0")
            : null;
    }

    private static Rejection? CheckBands(StripAnnouncement strip)
    {
        var names = strip.Data.BandNames;
        if (names.IsEmpty)
        {
            return null;
        }

        var roles = names.Select(BandSet.RoleOf).Where(role => role != BandRole.Other).ToList();
        if (roles.Count < MinUsableBands)
        {
            return new(
                RejectionReason.TooFewBands,
                "assets.data.bands",
                $"has {roles.Count} usable of {names.Length} bands",
                $"name at least {MinUsableBands} by eo:common_name, such as green and nir");
        }

        return roles.GroupBy(role => role).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? new(
                RejectionReason.BadField,
                "assets.data.bands",
                $"names '{BandSet.NameOf(twice.Key)}' {twice.Count()} times",
                "give each common name to one band only")
            : null;
    }

    private static Rejection? CheckData(StripAsset data, AnnouncementLimits limits)
    {
        if (data.SizeBytes > limits.MaxStripBytes)
        {
            return new(
                RejectionReason.TooLarge,
                "assets.data[\"file:size\"]",
                $"is {data.SizeBytes} bytes",
                $"cut the scene into strips of at most {limits.MaxStripBytes} bytes");
        }

        if (data.Href is not { } href)
        {
            return null;
        }

        if (!limits.Schemes.Contains(href.Scheme))
        {
            return new(
                RejectionReason.OutsideRoots,
                "assets.data.href",
                $"has the scheme {Rejection.Quote(href.Scheme)}",
                $"use one of the enabled schemes ({string.Join(", ", limits.Schemes.Order())})");
        }

        return href.LocalPath is null || limits.Roots.IsEmpty || limits.Roots.Any(href.LiesIn)
            ? null
            : new(
                RejectionReason.OutsideRoots,
                "assets.data.href",
                $"({Rejection.Quote(href.LocalPath)}) lies outside the allowed folders",
                "put the file into one of them or have its folder allowed");
    }
}
