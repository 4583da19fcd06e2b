using System.Globalization;

namespace SpexStream.Pipeline.Sharing;

/// <summary>Hands tiles of one scene to other nodes and brings their replies to the scene's mailbox
/// (<see cref="WorkedTile"/>). Called by the scene's loop; never blocks it.</summary>
internal interface ITileShare
{
    /// <summary>Other nodes that are there.</summary>
    int Others { get; }

    /// <summary>Devices of this node.</summary>
    int Devices { get; }

    /// <summary>Tiles that one of them answers at once when a model is asked.</summary>
    int Batch { get; }

    /// <summary>Offers a tile; its reply comes at most once, or never.</summary>
    void Offer(TileOrder order);

    /// <summary>Nobody needs a tile from others any more.</summary>
    void Withdraw(UInt128 number);

    /// <summary>The scene is over: takes all back.</summary>
    Task EndAsync();

    /// <summary>Number of a tile's work on the board.</summary>
    static string NameOf(UInt128 number) => number.ToString("x32", CultureInfo.InvariantCulture);
}
