using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace SpexStream.Actors.Devices;

/// <summary>Which devices of this node are out of service. Safe for use from several threads.</summary>
internal sealed class DeviceBoard
{
    private readonly ConcurrentDictionary<string, bool> _out = new();
    private int _hung;

    public ImmutableArray<string> Out => [.. _out.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Actors that hang in a read; they cannot be waited for.</summary>
    public int Hung => Volatile.Read(ref _hung);

    public void Tell(string device, bool isServing)
    {
        if (isServing)
        {
            _out.TryRemove(device, out _);
        }
        else
        {
            _out[device] = true;
        }
    }

    public void TellHung(int change) => Interlocked.Add(ref _hung, change);
}
