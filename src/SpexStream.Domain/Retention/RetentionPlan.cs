using System.Collections.Immutable;

namespace SpexStream.Domain.Retention;

/// <summary>
/// What is deleted and what stays. Nothing of an open scene is ever deleted, nothing that was not published and
/// acknowledged by the broker, and nothing that the journal does not know.
/// </summary>
/// <param name="Deletions">What to delete, in this order.</param>
/// <param name="Stays">Everything else.</param>
public sealed record RetentionPlan(ImmutableArray<RetentionDeletion> Deletions, ImmutableArray<RetentionStay> Stays)
{
    /// <summary>Decides by age first; then, for every volume that is short of room, by value and age.</summary>
    /// <param name="items">What is there.</param>
    /// <param name="volumes">The file systems that it lies on.</param>
    /// <param name="rules">How long things are kept.</param>
    /// <param name="now">The time.</param>
    public static RetentionPlan Of(
        IEnumerable<RetentionItem> items, IEnumerable<RetentionVolume> volumes, RetentionRules rules,
        DateTimeOffset now)
    {
        RetentionItem[] all =
        [
            .. items.OrderBy(item => item.Class).ThenBy(item => item.Since)
                .ThenBy(item => item.Path, StringComparer.Ordinal),
        ];
        var withFiles = all.Where(item => item.Class != RetentionClass.Facts).Select(item => item.Scene).ToHashSet();
        var holds = all.Select(item => HoldOf(item, rules, now, withFiles)).ToArray();
        var chosen = new List<RetentionDeletion>();
        for (var i = 0; i < all.Length; i++)
        {
            if (holds[i] is null)
            {
                chosen.Add(new(all[i], RetentionReason.Age));
            }
        }

        foreach (var volume in volumes)
        {
            var free = volume.FreeBytes + chosen.Where(gone => gone.Item.Volume == volume.Name)
                .Sum(gone => gone.Item.Bytes);
            for (var i = 0; i < all.Length && free < rules.KeepFreeBytes; i++)
            {
                if (all[i].Volume == volume.Name && holds[i] is RetentionHold.TooYoung && rules.MakesRoom(all[i].Class))
                {
                    chosen.Add(new(all[i], RetentionReason.Room));
                    holds[i] = null;
                    free += all[i].Bytes;
                }
            }
        }

        var stays = all.Zip(holds).Where(pair => pair.Second is not null)
            .Select(pair => new RetentionStay(pair.First, pair.Second!.Value));
        var later = chosen.Skip(rules.MaxDeletions)
            .Select(gone => new RetentionStay(gone.Item, RetentionHold.NextRound));
        return new([.. chosen.Take(rules.MaxDeletions)], [.. stays, .. later]);
    }

    private static RetentionHold? HoldOf(
        RetentionItem item, RetentionRules rules, DateTimeOffset now, HashSet<Identity.SceneId?> withFiles) =>
        SafetyOf(item) is { } unsafeYet ? unsafeYet
        : item.Class == RetentionClass.Facts && withFiles.Contains(item.Scene) ? RetentionHold.FilesLeft
        : rules.AgeOf(item.Class) is not { } age ? RetentionHold.KeptForEver
        : now - item.Since < age ? RetentionHold.TooYoung
        : null;

    private static RetentionHold? SafetyOf(RetentionItem item) => (item.Class, item.Standing) switch
    {
        (RetentionClass.Unknown, _) => RetentionHold.Unknown,
        (_, Journal.SceneStanding.Open) => RetentionHold.SceneOpen,
        (RetentionClass.Orphan, _) => null,
        (_, null) => RetentionHold.Unknown,
        _ when item.MessagesWait => RetentionHold.MessagesWait,
        (RetentionClass.Facts, _) => null,
        // Answers of tiles can be made again from the strips, which stay.
        (RetentionClass.Work, Journal.SceneStanding.Failed) => null,
        (_, Journal.SceneStanding.Failed) => RetentionHold.NotPublished,
        _ => null,
    };
}
