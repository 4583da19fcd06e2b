using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Alerts;

/// <summary>Looks whether nodes of a journal judge by rules, for a node that has none.</summary>
/// <param name="tools">What alerts are judged with.</param>
public sealed class AlertOnlooker(AlertJudgeTools tools)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private volatile string? _rival;

    /// <summary>The node whose rules judge; null while none do. Safe for several threads.</summary>
    public string? Rival => _rival;

    /// <summary>Looks every minute until cancelled. A journal that does not answer is asked again.</summary>
    /// <exception cref="JournalDamagedException">The alerts' own stream cannot be read.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        var stream = new AlertStream(tools.Journal, tools.Time, stop);
        using var timer = new PeriodicTimer(Every, tools.Time);
        do
        {
            try
            {
                await LookAsync(stream);
            }
            catch (JournalException fault) when (fault is not JournalDamagedException)
            {
                tools.OnDelay(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    /// <summary>Looks once.</summary>
    internal async ValueTask LookAsync(AlertStream stream)
    {
        if (!await stream.ExistsAsync())
        {
            return;
        }

        await stream.CatchUpAsync();
        var rival = stream.Book.Rules.Count > 0 ? stream.Book.InForce?.Node : null;
        if (rival != _rival)
        {
            _rival = rival;
            tools.OnRival(rival);
        }
    }
}
