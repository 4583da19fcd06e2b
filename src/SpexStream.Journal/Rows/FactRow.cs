using System.Data.Common;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Facts;
using SpexStream.Journal.Sealing;

namespace SpexStream.Journal.Rows;

/// <summary>A fact as a row of the table "facts".</summary>
internal static class FactRow
{
    public const string Columns = "sequence, epoch, at, body, seal";

    public static long SealOf(SceneId scene, long sequence, long epoch, long at, ReadOnlySpan<byte> body) =>
        new SealWriter().Add(scene.Value).Add(sequence).Add(epoch).Add(at).Add(body).Seal();

    /// <exception cref="JournalDamagedException">The row is not what was written; <see cref="JournalNewerException"/>
    /// where a newer version wrote it.</exception>
    public static RecordedFact Read(DbDataReader row, SceneId scene, JournalPlace place)
    {
        var (sequence, epoch, at, body) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), (byte[])row[3]);
        if (row.GetInt64(4) != SealOf(scene, sequence, epoch, at, body))
        {
            throw place.Damaged($"fact {sequence} of scene {scene} is not what was written");
        }

        try
        {
            return new(sequence, epoch, Times.Read(at), SceneFactFormat.Read(body));
        }
        catch (FactUnreadableException unreadable)
        {
            throw place.Unreadable($"fact {sequence} of scene {scene}", unreadable);
        }
    }
}
