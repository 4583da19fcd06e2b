using System.Globalization;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Announcements;

namespace SpexStream.Messaging.Ingest;

/// <summary>What people call an announcement: by scene and strip, as far as they can be read.</summary>
internal static class AnnouncementName
{
    /// <summary>The name of the announcement of a strip, or of the end of a pass.</summary>
    /// <param name="message">The message, with its payload.</param>
    /// <param name="isPass">Whether it ends a pass.</param>
    /// <param name="limits">What is read at most.</param>
    /// <param name="now">The time.</param>
    public static string Of(InboundMessage message, bool isPass, AnnouncementLimits limits, DateTimeOffset now)
    {
        if (isPass)
        {
            var (end, _, scene) = PassEndDecoder.Decode(message, limits);
            return (end?.Scene ?? scene) is { } passed ? $"the end of the pass of scene {passed}" : Unknown(message);
        }

        return StripAnnouncementDecoder.Decode(message, limits, now) switch
        {
            AnnouncementOutcome.Accepted { Announcement: var strip } => string.Create(
                CultureInfo.InvariantCulture, $"strip {strip.StripIndex} of scene {strip.Scene}"),
            AnnouncementOutcome.Refused { Scene: { } scene } => $"a strip of scene {scene}",
            _ => Unknown(message),
        };
    }

    private static string Unknown(InboundMessage message) =>
        $"one without a scene, on {Rejection.Quote(message.Topic)}";
}
