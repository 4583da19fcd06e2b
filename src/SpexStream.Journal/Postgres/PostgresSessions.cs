using Npgsql;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Rows;

namespace SpexStream.Journal.Postgres;

/// <summary>A bounded number of connections for short exchanges. One that collides with others is done again a few
/// times, and so is one whose connection broke if it may be done twice: the first may have come through.</summary>
internal sealed class PostgresSessions(
    NpgsqlDataSource source, JournalPlace place, int size, TimeProvider time) : IDisposable
{
    private const int Attempts = 4;
    private readonly SemaphoreSlim _free = new(size);

    public JournalPlace Place => place;

    /// <exception cref="JournalException">It did not come about; or, where it may not be done twice, it is not
    /// known.</exception>
    public async ValueTask<T> AskAsync<T>(
        Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellation, bool mayRepeat = true)
    {
        await _free.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await OnceAsync(work, cancellation).ConfigureAwait(false);
                }
                catch (NpgsqlException error) when (attempt == Attempts || !MayRepeat(error, mayRepeat))
                {
                    throw PostgresErrors.Translate(error, place.Name);
                }
                catch (NpgsqlException)
                {
                    await Backoff.WaitAsync(attempt, time, cancellation).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Runs some commands as one transaction and gives the rows of the last.</summary>
    public ValueTask<List<T>> RowsAsync<T>(
        Action<NpgsqlBatch> fill, Func<NpgsqlDataReader, T> read, CancellationToken cancellation,
        bool mayRepeat = true) => AskAsync(
        async (connection, stop) =>
        {
            await using var batch = new NpgsqlBatch(connection);
            fill(batch);
            await using var reader = await batch.ExecuteReaderAsync(stop).ConfigureAwait(false);
            for (var i = 1; i < batch.BatchCommands.Count; i++)
            {
                await reader.NextResultAsync(stop).ConfigureAwait(false);
            }

            var rows = new List<T>();
            while (await reader.ReadAsync(stop).ConfigureAwait(false))
            {
                rows.Add(read(reader));
            }

            return rows;
        },
        cancellation, mayRepeat);

    public void Dispose() => _free.Dispose();

    private async Task<T> OnceAsync<T>(
        Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await work(connection, cancellation).ConfigureAwait(false);
        }
        catch (InvalidOperationException closed) when (PostgresErrors.IsBroken(connection))
        {
            throw PostgresErrors.Broken(closed);
        }
    }

    private static bool MayRepeat(NpgsqlException error, bool mayComeTwice) =>
        error is PostgresException ? PostgresErrors.IsCollision(error) : mayComeTwice;
}
