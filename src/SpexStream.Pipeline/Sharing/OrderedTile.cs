using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Sharing;

/// <summary>A tile that this node has claimed: the mailbox of the job that answers it.</summary>
internal sealed class OrderedTile(TileClaim claim) : ISceneMailbox
{
    private readonly TaskCompletionSource<SceneMessage> _answer = new(
        TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile bool _isClosed;

    public TileClaim Claim => claim;

    /// <summary>What the job said; cancelled when the claim was lost or given back.</summary>
    public Task<SceneMessage> Said => _answer.Task;

    public bool IsClosed => _isClosed;

    public void Answer(ISceneMessage message) => _answer.TrySetResult((SceneMessage)message);

    public bool TryPut(ISceneMessage message)
    {
        Answer(message);
        return true;
    }

    /// <summary>Nobody wants the answer any more.</summary>
    public void Close()
    {
        _isClosed = true;
        _answer.TrySetCanceled();
    }
}
