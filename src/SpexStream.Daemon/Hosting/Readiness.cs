using System.Diagnostics.Metrics;
using SpexStream.Domain.Telemetry;

namespace SpexStream.Daemon.Hosting;

/// <summary>What must be well for the daemon to be ready. The names of the parts are few and written down: alert rules
/// rest on them.</summary>
internal sealed class Readiness
{
    private readonly (string Part, Func<string?> Trouble)[] _parts;

    /// <param name="meter">Shows each part.</param>
    /// <param name="parts">The worst first; each says why it is not well, or null, and does not block.</param>
    public Readiness(SpexMeter meter, params (string Part, Func<string?> Trouble)[] parts)
    {
        _parts = parts;
        meter.ObserveAll(
            "spex_ready", null, "0 while this part keeps the daemon from being ready, else 1.",
            () => _parts.Select(part => new Measurement<double>(
                part.Trouble() is null ? 1 : 0, new KeyValuePair<string, object?>("part", part.Part))));
    }

    /// <summary>Why the daemon is not ready, by its worst part; null when it is.</summary>
    public string? Trouble => _parts.Select(part => part.Trouble()).FirstOrDefault(trouble => trouble is not null);
}
