using SpexStream.Domain.Announcements;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// The same content under another file: written once more, or put elsewhere, and announced again. The file that was
/// announced first is not what was checked then, or not there any more; from now on the new one is read.
/// </summary>
internal static class MovedStrip
{
    /// <summary>What a delivery is to its scene: new, too, where tiles of the strip were given up meanwhile.</summary>
    public static SceneInput.StripArrived Input(
        StripBook strips, StripDelivery delivery, SceneState state, TileStore tiles) =>
            new(delivery.Strip, delivery.EndsPass)
            {
                IsAnew = strips.Find(delivery.Strip.Index) is { } known && IsMoved(known, delivery)
            && state.Strips.TryGetValue(delivery.Strip.Index, out var used)
            && tiles.HasGivenUp(used.RowOffset / state.Layout.TileSize, (used.Bottom - 1) / state.Layout.TileSize),
            };

    /// <summary>Reads a duplicate's file from now on, where it is another one and its checksum was verified.</summary>
    /// <param name="strips">What was handed over, by index; takes the new one up.</param>
    /// <param name="again">The duplicate.</param>
    /// <param name="state">The scene.</param>
    /// <param name="ledger">Written before anything is read: else the next process would look for the old file.</param>
    /// <param name="use">Takes a strip in use.</param>
    public static async ValueTask FollowAsync(
        StripBook strips, StripDelivery again, SceneState state, SceneLedger ledger, Action<StripEntry> use)
    {
        var (index, content) = (again.Strip.Index, again.Strip.ContentId);
        if (strips.Find(index) is not { } known || !IsMoved(known, again))
        {
            return;
        }

        var strip = AcceptedStrip.Of(again, state.StripRevisions.GetValueOrDefault(index, 1));
        await ledger.WriteAsync([new SceneFact.StripAccepted(strip)], []);
        strips.Keep(again);
        // One that waits for the next revision is not in use yet.
        if (state.Strips.GetValueOrDefault(index) is { } used && used.ContentId == content)
        {
            use(used);
        }
    }

    private static bool IsMoved(StripDelivery known, StripDelivery again) =>
        known.Path != again.Path && known.Strip.ContentId == again.Strip.ContentId
        && AnnouncementIdentity.IsDigest(again.Strip.ContentId);
}
