using System.Collections.Immutable;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Models;
using SpexStream.Pipeline.Work;

namespace SpexStream.Pipeline;

/// <summary>Bounds and places of the in-process runtime.</summary>
public sealed record LocalRuntimeOptions
{
    /// <summary>How scenes are worked on.</summary>
    public required ProcessingOptions Processing { get; init; }

    /// <summary>One worker each ("cpu:0").</summary>
    public ImmutableArray<string> Devices { get; init; } = ["cpu:0", "cpu:1"];

    /// <summary>Folder of the scenes' work folders; what is in them is only of use to a running scene.</summary>
    public required string WorkRoot { get; init; }

    /// <summary>Folder of what each device has in hand: beside the work folders, for it belongs to no scene.</summary>
    public string DevicesRoot => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(WorkRoot))!, "devices");

    /// <summary>Folder under which each scene gets its product folder.</summary>
    public required string OutputRoot { get; init; }

    /// <summary>Scenes that may be open at once; the strips of a further one wait.</summary>
    public int MaxOpenScenes { get; init; } = 32;

    /// <summary>Ready tiles above which strips wait.</summary>
    public int MaxReadyTiles { get; init; } = 4096;

    /// <summary>Strips that may be on their way into scenes at once.</summary>
    public int MaxPendingDeliveries { get; init; } = 64;

    /// <summary>Tiles of one scene that may be in the devices' queue or running.</summary>
    public int SceneTiles { get; init; } = 32;

    /// <summary>Messages that a scene's mailbox holds: answers to all that may be away, and as many again that can
    /// wait.
    /// </summary>
    public int MailboxCapacity => 2 * (SceneTiles + MaxPendingDeliveries + 1);

    /// <summary>What is borne of reads that do not come back.</summary>
    public ReadLimits Reads { get; init; } = ReadLimits.None;

    /// <summary>How models are run; null where the devices only run rules.</summary>
    public ModelLimits? Models { get; init; }

    /// <summary>Bytes of chunks kept for neighbouring tiles.</summary>
    public long PixelCacheBytes { get; init; } = 112L << 20;

    /// <summary>Idle bytes of pixel memory kept for the next tiles.</summary>
    public long PixelPoolBytes { get; init; } = 24L << 20;
}
