using Npgsql;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Journal.Postgres;

/// <summary>
/// The connection by which this process hears of other nodes' writes, and which holds its claim to the node's name. One
/// that breaks is made anew; as news may have been missed meanwhile, everybody then looks again.
/// </summary>
internal sealed class PostgresListener : IAsyncDisposable
{
    // With the waits between them, at least a quarter of a minute.
    private const int Claims = 16;
    private readonly NpgsqlDataSource _source;
    private readonly PostgresJournalOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<string?> _onNews;
    private readonly Action<JournalException> _onLost;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _ended;

    /// <param name="source">Connections.</param>
    /// <param name="options">Whose node it is.</param>
    /// <param name="claimed">An open connection that holds the claim; the listener's from here on.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onNews">Told each piece of news; null when some may have been missed. Must not block.</param>
    /// <param name="onLost">Told that another process has the node's name for good.</param>
    public PostgresListener(
        NpgsqlDataSource source, PostgresJournalOptions options, NpgsqlConnection claimed, TimeProvider time,
        Action<string?> onNews, Action<JournalException> onLost)
    {
        (_source, _options, _time, _onNews, _onLost) = (source, options, time, onNews, onLost);
        _ended = RunAsync(claimed);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _ended.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync(NpgsqlConnection? connection)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var refusals = 0;
        for (var attempt = 1; !_stop.IsCancellationRequested; attempt++)
        {
            try
            {
                connection ??= await ReclaimAsync().ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    await ListenAsync(connection, () => attempt = refusals = 0).ConfigureAwait(false);
                }
            }
            catch (Exception trouble) when (trouble is NpgsqlException or JournalException)
            {
                // The database may need a while to notice that this process's own last connection is gone.
                if (trouble is JournalRefusedException refused && ++refusals == Claims)
                {
                    _onLost(refused);
                    return;
                }

                _options.OnTrouble?.Invoke(trouble is NpgsqlException error
                    ? PostgresErrors.Translate(error, _options.Address.Name).Message : trouble.Message);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // The top of the listening: without it there are neither news nor a claim on the name.
                _options.OnTrouble?.Invoke(
                    $"The news of the journal {_options.Address.Name} broke off: {fault.Message}");
            }

            connection = null;
            await Backoff.WaitAsync(attempt, _time, _stop.Token).ConfigureAwait(false);
        }
    }

    private async Task<NpgsqlConnection> ReclaimAsync()
    {
        var connection = await _source.OpenConnectionAsync(_stop.Token).ConfigureAwait(false);
        try
        {
            PostgresNode.Claim(connection, _options);
            if (_options.Terms is { } terms)
            {
                PostgresTerms.SayAndCompare(connection, terms);
            }

            return connection;
        }
        catch (Exception)
        {
            // Whatever it is, the connection must not be lost with it.
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task ListenAsync(NpgsqlConnection connection, Action onListening)
    {
        connection.Notification += (_, news) => _onNews(news.Payload);
        using (var listen = new NpgsqlCommand($"LISTEN {PostgresSchema.Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(_stop.Token).ConfigureAwait(false);
        }

        onListening();
        _onNews(null);
        try
        {
            while (true)
            {
                await connection.WaitAsync(_stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The name is free at once, not when the server notices that the connection is closed.
            PostgresNode.Disclaim(connection);
        }
    }
}
