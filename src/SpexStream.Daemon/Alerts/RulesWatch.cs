using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using SpexStream.Daemon.Hosting;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Rules;

namespace SpexStream.Daemon.Alerts;

/// <summary>Reads the rules again when one of their files has changed. With any fault the rules before stay, and the
/// faults are told.</summary>
internal sealed class RulesWatch(
    string path, RuleReading first, SpexMeter meter, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private volatile RuleReading _reading = first;

    /// <summary>Faults of the last reading.</summary>
    public int Faults => _reading.Faults.Length;

    /// <summary>Why the file is not what judges; null while it is.</summary>
    public string? Warning => _reading.Faults switch
    {
        [] => null,
        [var fault] => $"the alert rules have 1 fault and those before stay: {fault}",
        [var first, ..] => $"the alert rules have {Faults} faults and those before stay, the first: {first}",
    };

    /// <summary>Looks until cancelled.</summary>
    /// <param name="use">Told of new rules.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(Action<RuleSet> use, CancellationToken cancellation)
    {
        // As they were when they were read: what is written meanwhile, or before this began, is a change.
        var known = _reading.Stamps;
        var seen = Stamps();
        while (true)
        {
            await Task.Delay(Every, time, cancellation);
            // A file that is still being written is read when it rests.
            var (before, now) = (seen, Stamps());
            seen = now;
            if (now.SequenceEqual(known) || !now.SequenceEqual(before))
            {
                continue;
            }

            Read(use);
            (known, seen) = (_reading.Stamps, Stamps());
        }
    }

    private void Read(Action<RuleSet> use)
    {
        var reading = Reading();
        _reading = reading;
        var result = reading.Set is null ? "refused" : "used";
        meter.AlertRuleReloads.Add(1, new KeyValuePair<string, object?>("result", result));
        foreach (var fault in reading.Faults)
        {
            Log.RuleFault(logger, fault.ToString());
        }

        if (reading.Set is { } rules)
        {
            AlertTelling.Use(rules, path, logger);
            use(rules);
        }
    }

    private RuleReading Reading()
    {
        var stamps = Stamps();
        try
        {
            return RulesFile.Read(path);
        }
        // Whatever a file may hold, the rules before go on judging.
        catch (Exception fault)
        {
            var told = new RuleFault(Path.GetFileName(path), $"cannot be read: {fault.Message}", "correct the file");
            return new(null, [told]) { Files = _reading.Files, Stamps = stamps };
        }
    }

    private ImmutableArray<FileStamp> Stamps() => [.. _reading.Files.Select(FileStamp.Of)];
}
