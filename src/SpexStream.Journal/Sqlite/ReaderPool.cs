using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Journal.Sqlite;

/// <summary>A bounded number of reading connections, opened when they are first needed.</summary>
internal sealed class ReaderPool(JournalFile file, string path, int size) : IAsyncDisposable
{
    private readonly SemaphoreSlim _free = new(size);
    private readonly ConcurrentBag<ReadSession> _idle = [];

    /// <summary>Asks on one of the connections, away from the caller's thread.</summary>
    public async ValueTask<T> AskAsync<T>(Func<ReadSession, T> question, CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Ask(question), cancellation).ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for the questions under way and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < size; i++)
        {
            await _free.WaitAsync().ConfigureAwait(false);
        }

        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }

        _free.Dispose();
    }

    private T Ask<T>(Func<ReadSession, T> question)
    {
        try
        {
            var session = _idle.TryTake(out var idle) ? idle : new ReadSession(file.OpenToRead(), path);
            try
            {
                return question(session);
            }
            finally
            {
                _idle.Add(session);
            }
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translate(error, path);
        }
    }
}
