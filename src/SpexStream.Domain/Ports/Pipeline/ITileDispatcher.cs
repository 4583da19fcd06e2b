namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>Keeps the tiles that wait for a device: earliest deadline first, then priority, then order of arrival.
/// Bounded. Safe for use from several threads; never blocks.</summary>
public interface ITileDispatcher
{
    /// <summary>Puts a tile in; false when there is no room.</summary>
    bool TryOffer(ITileJob job);

    /// <summary>Takes a tile back whose device failed, unless nobody wants it any more. There is always room: it was
    /// in the queue before, and those on devices are few.</summary>
    void TakeBack(ITileJob job);

    /// <summary>Drops the tiles that nobody wants any more: they take the room of others.</summary>
    void DropUnwanted();
}
