using SpexStream.Domain.Announcements;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Journal.Postgres;

/// <summary>Settled announcements as rows, aged by the database's clock alone.</summary>
internal sealed class PostgresSettled(PostgresSessions sessions) : ISettledAnnouncements
{
    // A count that a crash of the database loses costs a second look at a strip that is known.
    private const string Unflushed = "SELECT set_config('synchronous_commit', 'off', true)";

    // Asked once: a note that is lost costs a look, one that is counted twice lets a later announcement pass as known.
    public ValueTask NoteAsync(AnnouncementMark mark, CancellationToken cancellation = default) => AddAsync(
        "INSERT INTO settled VALUES ($1, clock_timestamp(), 1, 0) "
        + "ON CONFLICT (mark) DO UPDATE SET at = excluded.at, taken = settled.taken + 1", mark, cancellation,
        mayRepeat: false);

    public ValueTask NoteCaughtUpAsync(AnnouncementMark mark, CancellationToken cancellation = default) => AddAsync(
        "INSERT INTO settled VALUES ($1, clock_timestamp(), 0, 1) "
        + "ON CONFLICT (mark) DO UPDATE SET at = excluded.at, matched = settled.matched + 1", mark, cancellation);

    public async ValueTask<bool> TryMatchAsync(AnnouncementMark mark, CancellationToken cancellation = default) =>
        (await sessions.RowsAsync(
            batch =>
            {
                batch.Add(Unflushed);
                batch.Add(
                    "UPDATE settled SET at = clock_timestamp(), matched = matched + 1 "
                    + "WHERE mark = $1 AND matched < taken RETURNING true", Bytes(mark));
            },
            row => row.GetBoolean(0), cancellation).ConfigureAwait(false)).Count > 0;

    public async ValueTask<int> ForgetAsync(TimeSpan age, CancellationToken cancellation = default) =>
        (await sessions.RowsAsync(
            batch => batch.Add("DELETE FROM settled WHERE at < clock_timestamp() - $1 RETURNING true", age),
            row => row.GetBoolean(0), cancellation).ConfigureAwait(false)).Count;

    private async ValueTask AddAsync(
        string sql, AnnouncementMark mark, CancellationToken cancellation, bool mayRepeat = true) =>
        await sessions.RowsAsync(
            batch =>
            {
                batch.Add(Unflushed);
                batch.Add(sql, Bytes(mark));
            },
            _ => true, cancellation, mayRepeat).ConfigureAwait(false);

    private static byte[] Bytes(AnnouncementMark mark) => Convert.FromHexString(mark.Hex);
}
