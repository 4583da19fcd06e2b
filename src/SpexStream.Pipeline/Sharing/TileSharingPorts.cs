using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Sharing;

/// <summary>What a node works with that shares the tiles of its scenes. All of it stays the caller's.</summary>
public sealed record TileSharingPorts
{
    /// <summary>Name of the folder beside the products.</summary>
    public const string FolderName = ".spexstream.tiles";

    /// <summary>Where tiles are offered and claimed.</summary>
    public required ITileBoard Board { get; init; }

    /// <summary>A folder that all nodes see, for what is too large for the board.</summary>
    public required string Folder { get; init; }

    /// <summary>Told, in one line, why a tile of another node was not worked, or none can be given away; must not
    /// block. Not for every tile where the next would get the same line.</summary>
    public Action<string> OnRefused { get; init; } = _ => { };
}
