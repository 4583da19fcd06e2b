using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace SpexStream.Domain.Reliability;

/// <summary>
/// Named places at which the process can be made to die as by SIGKILL, to show that nothing is lost there. For tests
/// only: unless a point is armed, passing one costs a comparison and does nothing. Safe for use from several threads.
/// </summary>
public static class FailPoints
{
    /// <summary>A strip is read and checked, and nothing is written of it.</summary>
    public const string BeforeJournal = "before-journal";

    /// <summary>A strip's acceptance is in the journal, and the broker does not know.</summary>
    public const string AfterJournalBeforeAck = "after-journal-before-ack";

    /// <summary>A strip is acknowledged.</summary>
    public const string AfterAck = "after-ack";

    /// <summary>Half of a raster that came in its message is in the spool.</summary>
    public const string SpoolWriteMiddle = "spool-write-middle";

    /// <summary>Half of a tile's answer is in the work folder.</summary>
    public const string TileWriteMiddle = "tile-write-middle";

    /// <summary>The products are written aside, without their place.</summary>
    public const string AssemblyMiddle = "assembly-middle";

    /// <summary>The products have their place, and the scene's name does not lead there.</summary>
    public const string AfterRenameBeforeLink = "after-rename-before-link";

    /// <summary>The new link is made aside, without its place.</summary>
    public const string LinkMiddle = "link-middle";

    /// <summary>Products and link are in place, and the journal does not know.</summary>
    public const string AfterLinkBeforeJournal = "after-link-before-journal";

    /// <summary>The journal says that the scene is published, and nothing else was done since.</summary>
    public const string AfterPublishedFact = "after-published-fact";

    /// <summary>A message is in the journal, and was not sent.</summary>
    public const string BeforeOutboxSend = "after-journal-before-outbox-send";

    /// <summary>A message is acknowledged by the broker, and still in the journal.</summary>
    public const string BeforeOutboxDelete = "after-publish-before-outbox-delete";

    private static string? _armed;
    private static int _hitsLeft;

    /// <summary>All names.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        BeforeJournal, AfterJournalBeforeAck, AfterAck, SpoolWriteMiddle, TileWriteMiddle, AssemblyMiddle,
        AfterRenameBeforeLink,
        LinkMiddle, AfterLinkBeforeJournal, AfterPublishedFact, BeforeOutboxSend, BeforeOutboxDelete,
    ];

    /// <summary>Arms a point, before any work begins.</summary>
    /// <param name="text">NAME, or NAME:N for the N-th time that it is passed, from 1.</param>
    /// <returns>False when the text names no point; then none is armed.</returns>
    public static bool TryArm(string text)
    {
        var parts = text.Split(':');
        var hits = 1;
        if (!Names.Contains(parts[0]) || parts.Length > 2
            || (parts.Length == 2
                && !(int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out hits) && hits > 0)))
        {
            return false;
        }

        (_hitsLeft, _armed) = (hits, parts[0]);
        return true;
    }

    /// <summary>Dies here when this point is armed and its time has come.</summary>
    public static void Pass(string name)
    {
        if (IsDue(name))
        {
            Die();
        }
    }

    /// <summary>Whether to die here, for who has to do half of something first; counts as passing the point.</summary>
    public static bool IsDue(string name) =>
        _armed is { } armed && armed == name && Interlocked.Decrement(ref _hitsLeft) == 0;

    /// <summary>Ends the process at once: nothing is flushed, no finally block runs.</summary>
    public static void Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        // The signal reaches the calling thread at the latest when it returns from the kernel; should it not, nothing
        // more may happen here.
        Thread.CurrentThread.Join();
    }
}
