using Akka.Actor;
using SpexStream.Actors.Scenes;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Actors.Ingest;

/// <summary>Asks scenes, wherever they live. Safe for use from several threads.</summary>
/// <param name="ingest">Sends the questions.</param>
/// <param name="asker">Unique number of this actor system.</param>
/// <param name="maxOpen">Questions that may be open at once; further ones wait.</param>
internal sealed class SceneClient(IActorRef ingest, long asker, int maxOpen)
{
    // Neither is disposed of: who was told to give up may come to them later than that.
    private readonly SemaphoreSlim _places = new(maxOpen);
    private readonly CancellationTokenSource _closed = new();
    private long _number;

    /// <summary>Asks, and waits for the answer as long as it takes.</summary>
    /// <param name="ask">The question under the id that it gets.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="OperationCanceledException">Given up, or the node takes nothing any more.</exception>
    /// <exception cref="JournalDamagedException">The node that has the scene cannot read it.</exception>
    /// <exception cref="JournalUnavailableException">The journal failed behind the scene, and no other node may have a
    /// better one.</exception>
    /// <exception cref="SceneBrokeException">The scene broke on it.</exception>
    public async Task<SceneAnswer> AskAsync(Func<RequestId, SceneAsk> ask, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closed.Token);
        await _places.WaitAsync(stop.Token);
        try
        {
            var answer = await AskAsync(ask(new(asker, Interlocked.Increment(ref _number))), stop.Token);
            return answer switch
            {
                SceneBroke { IsUnreadable: true } broke => throw new JournalDamagedException(broke.Sentence),
                SceneBroke { IsOfJournal: true } broke => throw new JournalUnavailableException(broke.Sentence),
                SceneBroke broke => throw new SceneBrokeException(broke.Fault, broke.Sentence),
                _ => answer,
            };
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Takes no more questions; those that are open are given up.</summary>
    public void Close() => _closed.Cancel();

    private async Task<SceneAnswer> AskAsync(SceneAsk question, CancellationToken stop)
    {
        var answer = new TaskCompletionSource<SceneAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        ingest.Tell(new AskScene(question, answer), ActorRefs.NoSender);
        try
        {
            return await answer.Task.WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            ingest.Tell(new GiveUpAsk(new WithdrawAsk(question.Id, question.Scene)), ActorRefs.NoSender);
            throw;
        }
    }
}
