using System.Collections.Concurrent;

namespace SpexStream.Domain.Telemetry;

/// <summary>
/// A label whose values others choose. The first ones become label values as they are, all later ones are one:
/// whoever makes up names all day must not make time series all day. Safe for use from several threads.
/// </summary>
/// <param name="name">Name of the label.</param>
/// <param name="most">Values that are told apart, at least 1.</param>
public sealed class BoundedLabel(string name, int most)
{
    /// <summary>What stands for all values beyond the bound.</summary>
    public const string Other = "other";

    private readonly ConcurrentDictionary<string, byte> _known = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>The label for a value.</summary>
    public KeyValuePair<string, object?> Of(string value) => new(name, IsKnown(value) ? value : Other);

    private bool IsKnown(string value)
    {
        if (_known.ContainsKey(value))
        {
            return true;
        }

        if (Volatile.Read(ref _count) >= most || Interlocked.Increment(ref _count) > most)
        {
            return false;
        }

        // Two threads with the same new value may take two places; the bound holds all the same.
        _known.TryAdd(value, 0);
        return true;
    }
}
