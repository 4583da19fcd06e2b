using System.Collections.Immutable;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Scenes;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>A strip whose header and grid were checked, ready to be worked on.</summary>
/// <param name="Scene">The scene as this strip describes it; the first strip of a scene decides.</param>
/// <param name="Strip">Its place in the scene.</param>
/// <param name="Path">What the raster store opens.</param>
/// <param name="Info">Its header.</param>
/// <param name="FileBands">0-based bands of the file, one for each band of the scene's imagery.</param>
/// <param name="EndsPass">Whether it is the last strip of the pass along the track; those before it may come
/// later.</param>
public sealed record StripDelivery(
    SceneSpec Scene, StripEntry Strip, string Path, RasterInfo Info, ImmutableArray<int> FileBands, bool EndsPass)
{
    /// <summary>What the file was when it was checked: it is read only as long as it has not changed. Null when it was
    /// not looked at, or is no file of this machine.</summary>
    public FileStamp? Stamp { get; init; }
}
