namespace SpexStream.Inference.Words;

/// <summary>Which two neighbouring tokens become one, and which pair goes first. An open hash table: it is asked once
/// for every byte of the text. Immutable.</summary>
internal sealed class MergeTable
{
    private const ulong Empty = ulong.MaxValue;

    private readonly (ulong Pair, int Rank, int Joined)[] _slots;
    private readonly int _mask;

    /// <param name="merges">Merges in order of rank; no pair twice.</param>
    public MergeTable(IReadOnlyList<(int Left, int Right, int Joined)> merges)
    {
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, merges.Count * 2));
        _mask = size - 1;
        _slots = new (ulong, int, int)[size];
        Array.Fill(_slots, (Empty, 0, 0));
        for (var rank = 0; rank < merges.Count; rank++)
        {
            var pair = Pair(merges[rank].Left, merges[rank].Right);
            var slot = Slot(pair);
            while (_slots[slot].Pair != Empty)
            {
                slot = (slot + 1) & _mask;
            }

            _slots[slot] = (pair, rank, merges[rank].Joined);
        }
    }

    /// <summary>The rank of a pair and what it becomes; false when it stays two.</summary>
    public bool TryFind(int left, int right, out int rank, out int joined)
    {
        var pair = Pair(left, right);
        for (var slot = Slot(pair); ; slot = (slot + 1) & _mask)
        {
            ref readonly var entry = ref _slots[slot];
            if (entry.Pair == pair)
            {
                (rank, joined) = (entry.Rank, entry.Joined);
                return true;
            }

            if (entry.Pair == Empty)
            {
                (rank, joined) = (int.MaxValue, 0);
                return false;
            }
        }
    }

    private static ulong Pair(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    private int Slot(ulong pair) => (int)((pair * 0x9E3779B97F4A7C15) >> 40) & _mask;
}
