namespace SpexStream.Inference.Words;

/// <summary>
/// Merges the bytes of one word to tokens: the pair of least rank first, of equal ones the leftmost (Sennrich, Haddow
/// and Birch, "Neural Machine Translation of Rare Words with Subword Units", section 3.2).
/// </summary>
internal static class PairMerger
{
    // Beyond this a search from the start for every merge would take quadratic time.
    private const int ShortWord = 64;

    /// <summary>Merges in place; the tokens that are left are the first of the list.</summary>
    /// <returns>How many are left.</returns>
    public static int Merge(Span<int> tokens, MergeTable merges) =>
        tokens.Length <= ShortWord ? MergeShort(tokens, merges) : MergeLong(tokens, merges);

    private static int MergeShort(Span<int> tokens, MergeTable merges)
    {
        Span<(int Rank, int Joined)> pairs = stackalloc (int, int)[ShortWord];
        var count = tokens.Length;
        for (var i = 0; i + 1 < count; i++)
        {
            pairs[i] = Find(tokens, i, merges);
        }

        while (count > 1)
        {
            var best = 0;
            for (var i = 1; i + 1 < count; i++)
            {
                best = pairs[i].Rank < pairs[best].Rank ? i : best;
            }

            if (pairs[best].Rank == int.MaxValue)
            {
                break;
            }

            tokens[best] = pairs[best].Joined;
            tokens[(best + 2)..count].CopyTo(tokens[(best + 1)..]);
            pairs[(best + 1)..(count - 1)].CopyTo(pairs[best..]);
            count--;
            if (best + 1 < count)
            {
                pairs[best] = Find(tokens, best, merges);
            }

            if (best > 0)
            {
                pairs[best - 1] = Find(tokens, best - 1, merges);
            }
        }

        return count;
    }

    private static (int Rank, int Joined) Find(ReadOnlySpan<int> tokens, int place, MergeTable merges)
    {
        merges.TryFind(tokens[place], tokens[place + 1], out var rank, out var joined);
        return (rank, joined);
    }

    private static int MergeLong(Span<int> tokens, MergeTable merges)
    {
        const int Gone = -1;
        var (count, next, previous) = (tokens.Length, new int[tokens.Length], new int[tokens.Length]);
        var queue = new PriorityQueue<(int Place, int Left, int Right, int Joined), long>(tokens.Length);
        for (var i = 0; i < count; i++)
        {
            (next[i], previous[i]) = (i + 1, i - 1);
            Enqueue(tokens, i, i + 1);
        }

        while (queue.TryDequeue(out var pair, out _))
        {
            var right = next[pair.Place];
            if (tokens[pair.Place] != pair.Left || right >= count || tokens[right] != pair.Right)
            {
                // One of the two was merged with another neighbour meanwhile.
                continue;
            }

            (tokens[pair.Place], tokens[right]) = (pair.Joined, Gone);
            next[pair.Place] = next[right];
            if (next[right] < count)
            {
                previous[next[right]] = pair.Place;
            }

            Enqueue(tokens, previous[pair.Place], pair.Place);
            Enqueue(tokens, pair.Place, next[pair.Place]);
        }

        var kept = 0;
        foreach (var token in tokens)
        {
            if (token != Gone)
            {
                tokens[kept++] = token;
            }
        }

        return kept;

        void Enqueue(ReadOnlySpan<int> list, int left, int right)
        {
            if (left >= 0 && right < count && merges.TryFind(list[left], list[right], out var rank, out var joined))
            {
                queue.Enqueue((left, list[left], list[right], joined), ((long)rank << 32) | (uint)left);
            }
        }
    }
}
