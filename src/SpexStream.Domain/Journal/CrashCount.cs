using System.Collections.Immutable;

namespace SpexStream.Domain.Journal;

/// <summary>Which strips were in flight when the process died: the ground on which a poisonous strip is told.</summary>
public static class CrashCount
{
    /// <summary>
    /// How many crashed runs each strip was in flight in. A strip is in flight from
    /// <see cref="SceneFact.StripStarted"/> to <see cref="SceneFact.StripSettled"/> of the same run; strips that never
    /// met a crash are left out.
    /// </summary>
    /// <param name="facts">The facts of one scene, in order.</param>
    /// <param name="crashed">Runs that ended without saying so.</param>
    public static ImmutableDictionary<StripKey, int> InFlight(
        IEnumerable<SceneFact> facts, ImmutableSortedSet<long> crashed)
    {
        var runs = new Dictionary<StripKey, HashSet<long>>();
        foreach (var fact in facts)
        {
            switch (fact)
            {
                case SceneFact.StripStarted started when crashed.Contains(started.Run):
                    runs.TryAdd(started.Strip, []);
                    runs[started.Strip].Add(started.Run);
                    break;
                case SceneFact.StripSettled settled:
                    runs.GetValueOrDefault(settled.Strip)?.Remove(settled.Run);
                    break;
                case SceneFact.StripReleased released:
                    runs.Remove(released.Strip);
                    break;
            }
        }

        return runs.Where(pair => pair.Value.Count > 0)
            .ToImmutableDictionary(pair => pair.Key, pair => pair.Value.Count);
    }
}
