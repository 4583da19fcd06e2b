using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Rows;

namespace SpexStream.Journal.Commits;

/// <summary>All that can be written inside of one transaction. Each operation refuses, with a
/// <see cref="JournalException"/>, before it changes anything. For one thread.</summary>
internal interface IWriteSession
{
    /// <summary>The scene under a new epoch.</summary>
    SceneListing TakeEpoch(SceneId scene);

    /// <summary>Facts and messages of a scene; gives the sequence number of its last fact.</summary>
    long Append(SceneId scene, long epoch, EncodedAppend append);

    /// <summary>Adds messages that belong to no scene.</summary>
    long Post(EncodedAppend append);

    /// <summary>Marks messages that are not what was written; the rows stay as they are.</summary>
    int SetAside(ImmutableArray<DamagedMessage> damaged, long at);

    /// <summary>Drops messages; keys that are gone are passed over.</summary>
    int DeleteMessages(ImmutableArray<long> keys);

    ForgetOutcome Forget(SceneId scene);

    /// <summary>Writes down that a run ends because it was asked to.</summary>
    int EndRun(long number, DateTimeOffset now);
}
