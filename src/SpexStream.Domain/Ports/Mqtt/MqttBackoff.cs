namespace SpexStream.Domain.Ports.Mqtt;

/// <summary>How long to wait between attempts to connect: doubling from the first to the longest wait, each wait drawn
/// evenly from its upper half, so that a fleet does not come back in one instant.</summary>
public sealed record MqttBackoff
{
    /// <summary>The usual <see cref="AfterTakeover"/>.</summary>
    public static readonly TimeSpan DefaultAfterTakeover = TimeSpan.FromMinutes(1);

    /// <summary>Wait after somebody else has connected under the same client id (0x8E): coming back throws the other
    /// out, so it is long, and leaves both time to work.</summary>
    public TimeSpan AfterTakeover { get; init; } = DefaultAfterTakeover;

    /// <summary>Connections in a row that the broker closed without a word before they were stable, from which a
    /// takeover is supposed: not every broker names it (mosquitto 2.0.11 does not). 0 for never.</summary>
    public int SupposeTakeoverAfter { get; init; }

    /// <summary>Wait after the first failure, more than zero.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait, not below <see cref="First"/>. A connection that lasted as long counts as stable.
    /// </summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Seed of the jitter; null takes one from the client id, which differs between nodes.</summary>
    public int? JitterSeed { get; init; }

    /// <summary>The wait after a takeover, drawn as the others.</summary>
    /// <param name="jitter">Even random number, 0 inclusive to 1 exclusive.</param>
    public TimeSpan DelayAfterTakeover(double jitter) => AfterTakeover * (0.5 + (jitter / 2));

    /// <summary>The wait after a number of failures in a row.</summary>
    /// <param name="failures">1 or more.</param>
    /// <param name="jitter">Even random number, 0 inclusive to 1 exclusive.</param>
    public TimeSpan Delay(int failures, double jitter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        var full = Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 62)));
        return TimeSpan.FromSeconds(full * (0.5 + (jitter / 2)));
    }
}
