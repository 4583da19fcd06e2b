using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Sharing;

/// <summary>Devices of this node lack tiles, or what others work on is late: the scene looks whether it gives them
/// some, or doubles what others have begun.</summary>
/// <remarks>One for each scene, and in its mailbox once at most. Safe for use from several threads.</remarks>
internal sealed class IdleDevices : ISceneMessage
{
    private int _isTold;

    /// <summary>Tells the scene, unless it was told and has not looked yet. A full mailbox has enough to do.</summary>
    public void Tell(ISceneMailbox mailbox)
    {
        if (Interlocked.Exchange(ref _isTold, 1) == 0 && !mailbox.TryPut(this))
        {
            Taken();
        }
    }

    /// <summary>The scene is about to look.</summary>
    public void Taken() => Volatile.Write(ref _isTold, 0);
}
