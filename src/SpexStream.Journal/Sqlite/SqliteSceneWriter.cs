using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Journal.Sqlite;

/// <summary>Writes one scene under the epoch that it was opened with.</summary>
internal sealed class SqliteSceneWriter(CommitLoop commits, SceneListing opened) : ISceneWriter
{
    public SceneId Scene => opened.Scene;

    public long Epoch => opened.Epoch;

    public long OpenedAfter => opened.LastSequence;

    public async ValueTask<long> AppendAsync(SceneAppend append, CancellationToken cancellation = default)
    {
        var encoded = EncodedAppend.Of(append.At, append.Facts, append.Messages);
        return await commits.WriteAsync(
            session => session.Append(Scene, Epoch, encoded), append.Durability, encoded.Bytes, cancellation)
                .ConfigureAwait(false);
    }
}
