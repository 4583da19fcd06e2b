using System.Collections.Immutable;

namespace SpexStream.Domain.Announcements;

/// <summary>Names of the reasons in topics, dead letters and metrics.</summary>
public static class RejectionReasons
{
    /// <summary>Every reason.</summary>
    public static ImmutableArray<RejectionReason> All { get; } = [.. Enum.GetValues<RejectionReason>()];

    /// <summary>The stable code: kebab-case, valid as one topic level.</summary>
    public static string Slug(this RejectionReason reason) => reason switch
    {
        RejectionReason.NotJson => "not-json",
        RejectionReason.MissingField => "missing-field",
        RejectionReason.BadField => "bad-field",
        RejectionReason.EndBeforeStart => "end-before-start",
        RejectionReason.TooFewBands => "too-few-bands",
        RejectionReason.BandCount => "band-count",
        RejectionReason.Unreadable => "unreadable",
        RejectionReason.ChecksumMismatch => "checksum-mismatch",
        RejectionReason.SizeMismatch => "size-mismatch",
        RejectionReason.TooOld => "too-old",
        RejectionReason.FromFuture => "from-future",
        RejectionReason.OffGrid => "off-grid",
        RejectionReason.OutsideRoots => "outside-roots",
        RejectionReason.TooLarge => "too-large",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    /// <summary>Reads a code; null when unknown.</summary>
    public static RejectionReason? FromSlug(string slug)
    {
        foreach (var reason in All)
        {
            if (reason.Slug() == slug)
            {
                return reason;
            }
        }

        return null;
    }
}
