using System.Collections.Immutable;
using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Journal;

/// <summary>How often the process died on the same tile of a strip: the ground on which a poisonous strip is
/// told.</summary>
public static class CrashCount
{
    /// <summary>Crashes on one tile from which its strips are worked on no more.</summary>
    public const int Quarantine = 3;

    /// <summary>
    /// The most crashed runs that each strip has seen on one and the same tile. A process that is killed for reasons of
    /// its own hits now this tile, now that one; a poisonous strip brings it down at the same one every time. Strips
    /// that never met a crash, or not since they were released, are left out.
    /// </summary>
    /// <param name="facts">The facts of one scene, in order.</param>
    public static ImmutableDictionary<StripKey, int> Of(IEnumerable<SceneFact> facts)
    {
        var runs = new Dictionary<StripKey, Dictionary<TileIndex, HashSet<long>>>();
        foreach (var fact in facts)
        {
            switch (fact)
            {
                case SceneFact.TileCrashed crashed:
                    var tiles = runs.TryGetValue(crashed.Strip, out var known) ? known : runs[crashed.Strip] = [];
                    (tiles.TryGetValue(crashed.Tile, out var seen) ? seen : tiles[crashed.Tile] = []).Add(crashed.Run);
                    break;
                case SceneFact.StripReleased released:
                    runs.Remove(released.Strip);
                    break;
            }
        }

        return runs.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.Values.Max(seen => seen.Count));
    }
}
