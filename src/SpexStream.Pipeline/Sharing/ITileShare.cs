using System.Globalization;

namespace SpexStream.Pipeline.Sharing;

/// <summary>Hands tiles of one scene to other nodes and brings their replies to the scene's mailbox
/// (<see cref="WorkedTile"/>). Called by the scene's loop; never blocks it.</summary>
internal interface ITileShare
{
    /// <summary>What the node has in common.</summary>
    TileDesk Desk { get; }

    /// <summary>What the scene has at this node's devices; it says so whenever that changes.</summary>
    SceneLoad Load { get; }

    /// <summary>Offers a tile; its reply comes at most once, or never.</summary>
    void Offer(TileOrder order);

    /// <summary>Nobody needs a tile from others any more.</summary>
    void Withdraw(UInt128 number);

    /// <summary>The scene is over: takes all back.</summary>
    Task EndAsync();

    /// <summary>Number of a tile's work on the board.</summary>
    static string NameOf(UInt128 number) => number.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>The work that a name on the board is about.</summary>
    static UInt128 NumberOf(string name) =>
        UInt128.Parse(name, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
