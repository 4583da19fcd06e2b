using SpexStream.Domain.Announcements;
using SpexStream.Domain.Commands;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Leases;

/// <summary>What the scenes of a node share.</summary>
internal sealed record ShiftTools
{
    public required LocalRuntime Runtime { get; init; }

    public required IJournalReader Journal { get; init; }

    public required IStripInbox Inbox { get; init; }

    public required SceneUses Uses { get; init; }

    /// <summary>Told of a strip of another node that its scene refused; ends when that is written down.</summary>
    public required Func<InboxEntry, Rejection, CancellationToken, ValueTask> OnRefused { get; init; }

    /// <summary>Answers an order that another node has passed on; ends when that is done, or given up
    /// after a while.</summary>
    public required Func<InboxItem.Order, CommandAnswer, CancellationToken, ValueTask> OnAnswered { get; init; }

    /// <summary>Told of a scene that is not at work here any more, and whether there is work for it all the
    /// same.</summary>
    public required Action<SceneId, bool> OnLeft { get; init; }

    /// <summary>Scenes that this node cannot read.</summary>
    public required UnreadableScenes Unreadable { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>How long is waited for what must be done although the right to the scene has ended.</summary>
    public required TimeSpan Limit { get; init; }

    /// <summary>A scene cannot be read: another node may do better, here it would end the same way at once.</summary>
    public void LeaveAlone(SceneId scene, JournalDamagedException fault)
    {
        Unreadable.Add(scene, fault);
        OnLeft(scene, true);
    }

    /// <summary>Asks until the journal answers.</summary>
    public ValueTask<T> AskAsync<T>(Func<ValueTask<T>> ask, CancellationToken cancellation) =>
        JournalPatience.AskAsync(ask, Time, cancellation);
}
