using SpexStream.Domain.Ports.Models;

namespace SpexStream.Domain.Devices;

/// <summary>
/// Whether a device gets work, and how much at once. A device that breaks is left alone for a time that doubles with
/// every failure in a row, up to <see cref="LongestRest"/>; then its session is opened anew and one batch decides. A
/// batch that does not fit into its memory halves the batches from then on. Immutable.
/// </summary>
public sealed record DeviceHealth
{
    /// <summary>Rest after the first failure.</summary>
    public static TimeSpan FirstRest { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest rest.</summary>
    public static TimeSpan LongestRest { get; } = TimeSpan.FromMinutes(5);

    private const int FailuresToBeOut = 3;

    private DeviceHealth(int batchLimit) => BatchLimit = batchLimit;

    /// <summary>Whether it gets work.</summary>
    public DevicePhase Phase { get; private init; }

    /// <summary>Most tiles that it is given at once, at least 1.</summary>
    public int BatchLimit { get; private init; }

    /// <summary>Failures since it last finished a batch.</summary>
    public int FailuresInARow { get; private init; }

    /// <summary>End of the rest; only while quarantined.</summary>
    public DateTimeOffset RestsUntil { get; private init; }

    /// <summary>Whether nobody should wait for it: it failed again and again, and has not worked since.</summary>
    public bool IsOut => Phase != DevicePhase.Serving && FailuresInARow >= FailuresToBeOut;

    /// <summary>A device that was opened and warmed up.</summary>
    /// <param name="batchSize">Most tiles that its session takes at once.</param>
    public static DeviceHealth Fresh(int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        return new(batchSize);
    }

    /// <summary>A batch was finished.</summary>
    public DeviceHealth Succeeded() => this with { Phase = DevicePhase.Serving, FailuresInARow = 0 };

    /// <summary>A batch failed.</summary>
    /// <param name="fault">How.</param>
    /// <param name="tiles">Tiles that were in it.</param>
    /// <param name="now">The time.</param>
    public DeviceHealth Failed(DeviceFaultKind fault, int tiles, DateTimeOffset now)
    {
        if (fault == DeviceFaultKind.OutOfMemory && tiles > 1)
        {
            // Nothing is wrong with the device: half of it may fit.
            return this with { BatchLimit = Math.Max(1, Math.Min(BatchLimit, tiles) / 2) };
        }

        return this with
        {
            Phase = DevicePhase.Quarantined,
            FailuresInARow = FailuresInARow + 1,
            RestsUntil = now + Rest(FailuresInARow + 1),
        };
    }

    /// <summary>What it is at a later time: a rest that is over ends in a trial.</summary>
    public DeviceHealth At(DateTimeOffset now) =>
        Phase == DevicePhase.Quarantined && now >= RestsUntil ? this with { Phase = DevicePhase.OnTrial } : this;

    /// <summary>How long a device is left alone.</summary>
    /// <param name="failures">Failures in a row, from 1.</param>
    public static TimeSpan Rest(int failures)
    {
        var rest = FirstRest * Math.Pow(2, Math.Min(failures - 1, 16));
        return rest < LongestRest ? rest : LongestRest;
    }
}
