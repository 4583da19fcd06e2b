using System.Collections.Immutable;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// The journal as one scene writes it. A journal that is full or busy is waited for: the scene stands still, and with
/// it whoever hands strips over, until there is room.
/// </summary>
internal sealed class SceneLedger(ISceneWriter writer, TimeProvider time, CancellationToken abandoned)
{
    private int _numbers;

    /// <summary>The fence of this writer; part of every product's name.</summary>
    public long Epoch => writer.Epoch;

    /// <summary>The fence of the scene's first writer, in this process or before.</summary>
    public long FirstEpoch { get; init; } = writer.Epoch;

    /// <summary>A number that no other telling of this scene has, for epochs are never given out twice.</summary>
    public long NextNumber() => (writer.Epoch << 16) + ++_numbers;

    /// <summary>Writes facts and the messages that tell of them, all or none.</summary>
    public async ValueTask WriteAsync(ImmutableArray<SceneFact> facts, ImmutableArray<OutgoingMessage> messages)
    {
        if (facts.IsEmpty && messages.IsEmpty)
        {
            return;
        }

        var append = new SceneAppend(time.GetUtcNow(), facts) { Messages = messages };
        await JournalPatience.AskAsync(() => writer.AppendAsync(append, abandoned), time, abandoned);
    }
}
