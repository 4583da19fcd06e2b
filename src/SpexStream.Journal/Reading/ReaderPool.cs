using System.Collections.Concurrent;
using System.Data.Common;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Journal.Reading;

/// <summary>A bounded number of reading connections, opened when they are first needed.</summary>
/// <param name="size">How many.</param>
/// <param name="open">Opens one.</param>
/// <param name="translate">The driver's errors in the words of the journal.</param>
internal sealed class ReaderPool(
    int size, Func<ReadSession> open, Func<DbException, JournalException> translate) : IAsyncDisposable
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
        while (true)
        {
            var isIdle = _idle.TryTake(out var session);
            try
            {
                session ??= open();
                return question(session);
            }
            catch (DbException) when (isIdle && !session!.IsUsable)
            {
                // It broke while nobody looked; asked again, on another one.
            }
            catch (InvalidOperationException) when (session is { IsUsable: false })
            {
                // The driver's word for one that broke between two commands. The next is opened, or says why not.
            }
            catch (DbException error)
            {
                throw translate(error);
            }
            finally
            {
                Return(session);
            }
        }
    }

    private void Return(ReadSession? session)
    {
        if (session is { IsUsable: true })
        {
            _idle.Add(session);
        }
        else
        {
            session?.Dispose();
        }
    }
}
