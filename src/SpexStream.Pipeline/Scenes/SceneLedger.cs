using System.Collections.Immutable;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// The journal as one scene writes it. A journal that is full or busy is waited for: the scene stands still, and with it
/// whoever hands strips over, until there is room.
/// </summary>
internal sealed class SceneLedger(ISceneWriter writer, TimeProvider time, CancellationToken abandoned)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>The fence of this writer; part of every product's name.</summary>
    public long Epoch => writer.Epoch;

    /// <summary>Writes facts and the messages that tell of them, all or none.</summary>
    public async ValueTask WriteAsync(ImmutableArray<SceneFact> facts, ImmutableArray<OutgoingMessage> messages)
    {
        if (facts.IsEmpty && messages.IsEmpty)
        {
            return;
        }

        var append = new SceneAppend(time.GetUtcNow(), facts) { Messages = messages };
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                await writer.AppendAsync(append, abandoned);
                return;
            }
            catch (Exception fault) when (fault is JournalFullException or JournalBusyException)
            {
                // Nothing was written, and the same write may be tried again.
                await Task.Delay(wait, time, abandoned);
            }
        }
    }
}
