using SpexStream.Domain.Ports.Models;

namespace SpexStream.Inference.Segmentation;

/// <summary>
/// How many windows one inference may have. A processor takes any number; a graphics card, where a new shape costs
/// time and
/// memory once, takes powers of two; a graph that was made for a number takes that one only.
/// </summary>
internal sealed class RunShapes
{
    // Windows of one inference when a tile needs many: more would only need more memory.
    private const int EnoughWindows = 16;

    private readonly int[] _sizes;

    public RunShapes(DeviceKind provider, int? graphBatch, int batchSize, int windowsPerTile)
    {
        Most = graphBatch ?? Math.Min(batchSize * windowsPerTile, Math.Max(batchSize, EnoughWindows));
        _sizes = graphBatch is not null ? [Most]
            : provider == DeviceKind.Cpu ? [.. Enumerable.Range(1, Most)]
            : [.. Enumerable.Range(0, 31).Select(power => 1 << power).TakeWhile(size => size < Most), Most];
    }

    /// <summary>The largest number of windows.</summary>
    public int Most { get; }

    /// <summary>All numbers, the largest first.</summary>
    public IEnumerable<int> FromLargest => _sizes.Reverse();

    /// <summary>The least number that does for so many windows.</summary>
    public int For(int windows)
    {
        foreach (var size in _sizes)
        {
            if (size >= windows)
            {
                return size;
            }
        }

        return Most;
    }
}
