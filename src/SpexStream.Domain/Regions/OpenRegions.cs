using System.Runtime.InteropServices;

namespace SpexStream.Domain.Regions;

/// <summary>
/// The regions of one class that may still grow: slots that are used again once a region is closed, so that their
/// number follows the tile row's borders and not the scene.
/// </summary>
internal sealed class OpenRegions
{
    private readonly List<RegionRecord> _slots = [];
    private readonly Stack<int> _free = new();

    public int Count => _slots.Count - _free.Count;

    /// <summary>Most regions that were open at one time.</summary>
    public int Peak => _slots.Count;

    public ref RegionRecord this[int slot] => ref CollectionsMarshal.AsSpan(_slots)[slot];

    public int Open(in RegionRecord record)
    {
        if (_free.TryPop(out var slot))
        {
            this[slot] = record;
            return slot;
        }

        _slots.Add(record);
        return _slots.Count - 1;
    }

    public void Free(int slot)
    {
        this[slot].Node = -1;
        _free.Push(slot);
    }

    /// <summary>Slots below this number may be in use; those of no region have a node of -1.</summary>
    public int End => _slots.Count;
}
