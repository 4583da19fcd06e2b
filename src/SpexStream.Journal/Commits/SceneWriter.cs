using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Rows;

namespace SpexStream.Journal.Commits;

/// <summary>Writes one scene under the epoch that it was opened with.</summary>
internal sealed class SceneWriter(CommitLoop commits, SceneListing opened) : ISceneWriter
{
    public SceneId Scene => opened.Scene;

    public long Epoch => opened.Epoch;

    public long OpenedAfter => opened.LastSequence;

    public async ValueTask<long> AppendAsync(SceneAppend append, CancellationToken cancellation = default)
    {
        var encoded = EncodedAppend.Of(append.At, append.Facts, append.Messages);
        return await commits.WriteAsync(
            new() { Scene = Scene.Value, Messages = encoded.Messages },
            session => session.Append(Scene, Epoch, encoded), append.Durability, encoded.Bytes, cancellation)
                .ConfigureAwait(false);
    }
}
