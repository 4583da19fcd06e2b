using System.Data.Common;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Sealing;

namespace SpexStream.Journal.Rows;

/// <summary>A scene's listing as a row of the table "scenes".</summary>
internal static class SceneRow
{
    public const string Columns =
        "name, epoch, last_sequence, standing, opened_at, stands_since, deadline, priority, revision, folder, seal";

    /// <summary>The values of <see cref="Columns"/>.</summary>
    public static object?[] Values(SceneListing listing) =>
    [
        listing.Scene.Value, listing.Epoch, listing.LastSequence, (long)listing.Standing, listing.OpenedAt.UtcTicks,
        listing.StandsSince.UtcTicks, listing.Deadline?.UtcTicks, listing.Priority, listing.Revision, listing.Folder,
        SealOf(listing),
    ];

    /// <exception cref="JournalDamagedException">The row is not what was written.</exception>
    public static SceneListing Read(DbDataReader row, JournalPlace place)
    {
        if (!SceneId.TryParseStored(row.GetString(0), out var scene))
        {
            throw place.Damaged("the id of a scene is none");
        }

        try
        {
            var listing = new SceneListing(scene, row.GetInt64(1))
            {
                LastSequence = row.GetInt64(2),
                Standing = (SceneStanding)row.GetInt64(3),
                OpenedAt = Times.Read(row.GetInt64(4)),
                StandsSince = Times.Read(row.GetInt64(5)),
                Deadline = Times.Read(row.IsDBNull(6) ? null : row.GetInt64(6)),
                Priority = row.GetInt32(7),
                Revision = row.GetInt32(8),
                Folder = row.IsDBNull(9) ? null : row.GetString(9),
            };
            return row.GetInt64(10) == SealOf(listing) ? listing
                : throw place.Damaged($"scene {scene} is not what was written");
        }
        catch (Exception odd) when (odd is ArgumentException or OverflowException or InvalidCastException)
        {
            throw place.Damaged($"scene {scene} is not what was written", odd);
        }
    }

    private static long SealOf(SceneListing listing) => new SealWriter()
        .Add(listing.Scene.Value).Add(listing.Epoch).Add(listing.LastSequence).Add((long)listing.Standing)
        .Add(listing.OpenedAt.UtcTicks).Add(listing.StandsSince.UtcTicks).Add(listing.Deadline?.UtcTicks)
        .Add((long)listing.Priority).Add((long)listing.Revision).Add(listing.Folder)
        .Seal();
}
