using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;

namespace SpexStream.Domain.Ports.Journal;

/// <summary>
/// What must not be forgotten: the facts of every scene and the messages that tell of them. A write that was answered
/// has happened; one that threw has not (a process that dies in between may leave either). Cancelling takes back a
/// write that still waits; once it is being written the call ends as the write does. Safe for use from several threads;
/// calls never block the caller's thread on the disk.
/// </summary>
/// <remarks>
/// Every call can throw <see cref="JournalFullException"/>, <see cref="JournalBusyException"/>,
/// <see cref="JournalUnavailableException"/> and <see cref="JournalDamagedException"/>.
/// </remarks>
public interface ISceneJournal : IJournalReader, IAsyncDisposable
{
    /// <summary>The life of this process, and which earlier ones ended in a crash.</summary>
    JournalRun Run { get; }

    /// <summary>The messages on their way to the broker.</summary>
    IJournalOutbox Outbox { get; }

    /// <summary>
    /// Makes the caller the one writer of a scene, known or new: takes an epoch above all that were ever given out.
    /// Every earlier writer of the scene is refused from here on.
    /// </summary>
    ValueTask<ISceneWriter> OpenWriterAsync(SceneId scene, CancellationToken cancellation = default);

    /// <summary>Drops a scene with all its facts, when it is closed and none of its messages waits in the
    /// outbox.</summary>
    ValueTask<ForgetOutcome> ForgetAsync(SceneId scene, CancellationToken cancellation = default);

    /// <summary>Says that this process ends because it was asked to: what is in flight now met no crash. The journal
    /// can be used on until it is disposed of; disposing alone does not say it.</summary>
    ValueTask EndRunAsync(CancellationToken cancellation = default);
}
