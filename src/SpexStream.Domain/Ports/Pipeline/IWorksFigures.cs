using SpexStream.Domain.Reliability;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>How the works of a process get on, whatever runtime drives them; for gauges and health. Safe for use from
/// several threads.</summary>
public interface IWorksFigures
{
    /// <summary>Tiles ready or running, over all scenes.</summary>
    int ReadyTiles { get; }

    /// <summary>Tiles that have ever become ready; never falls.</summary>
    long MadeReady { get; }

    /// <summary>Strips that wait for admission.</summary>
    int WaitingStrips { get; }

    /// <summary>Strips on their way into their scenes.</summary>
    int PendingStrips { get; }

    /// <summary>Reads that were given up and have not come back.</summary>
    int HungReads { get; }

    /// <summary>Scenes that stand still until a disk takes what they made.</summary>
    int StalledScenes { get; }

    /// <summary>Why scenes stand still, in one line; null when none does.</summary>
    string? Trouble { get; }

    /// <summary>Bytes of pixels kept for neighbouring tiles.</summary>
    long PixelCacheBytes { get; }

    /// <summary>Bytes of idle pixel memory.</summary>
    long PixelPoolBytes { get; }

    /// <summary>Steps of the tiles' work.</summary>
    StageTally TilesAtWork { get; }

    /// <summary>Products being put together, and how they get on.</summary>
    StageTally Assemblies { get; }
}
