using System.Collections.Immutable;
using System.Threading.Channels;
using SpexStream.Domain.Retention;
using SpexStream.Domain.Telemetry;

namespace SpexStream.Pipeline.Retention;

/// <summary>Deletes what is not needed any more: from time to time, and when it is told that room is short.</summary>
/// <param name="survey">Looks at what is there.</param>
/// <param name="sweep">Deletes.</param>
/// <param name="places">Where things lie.</param>
/// <param name="rules">How long things are kept.</param>
/// <param name="meter">Instruments.</param>
/// <param name="time">The clock.</param>
public sealed class RetentionJob(
    RetentionSurvey survey, RetentionSweep sweep, RetentionPlaces places, RetentionRules rules, SpexMeter meter,
    TimeProvider time)
{
    private readonly Channel<bool> _calls =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Told of each round that deleted something: things and bytes.</summary>
    public Action<int, long> OnDeleted { get; init; } = (_, _) => { };

    /// <summary>Told in one line what could not be deleted, or why a round ended early.</summary>
    public Action<string> OnFault { get; init; } = _ => { };

    /// <summary>Asks for a round as soon as possible. Never blocks.</summary>
    public void Call() => _calls.Writer.TryWrite(true);

    /// <summary>Works until cancelled: a round at once, and then one every so often or when called.</summary>
    public async Task RunAsync(TimeSpan every, CancellationToken cancellation)
    {
        await using var timer = time.CreateTimer(_ => Call(), null, TimeSpan.Zero, every);
        try
        {
            await foreach (var _ in _calls.Reader.ReadAllAsync(cancellation))
            {
                await TryRoundAsync(cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The daemon stops, which is said by others; what is left goes in its next life.
        }
    }

    /// <summary>One round; gives its plan with those deletions that were carried out.</summary>
    public async Task<RetentionPlan> RoundAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var items = await survey.TakeAsync(rules, now, cancellation);
        var plan = RetentionPlan.Of(items, places.Volumes(DiskUse.FreeBytes), rules, now);
        var gone = ImmutableArray.CreateBuilder<RetentionDeletion>();
        try
        {
            await sweep.CarryOutAsync(
                plan,
                done =>
                {
                    gone.Add(done);
                    meter.RetentionDeleted.Add(
                        done.Item.Bytes,
                            new KeyValuePair<string, object?>("class", done.Item.Class.ToString().ToLowerInvariant()));
                },
                (deletion, fault) => OnFault($"{deletion.Item.Path}: {fault.Message}"),
                cancellation);
            if (places.KeepsProducts())
            {
                await sweep.MendNamesAsync(OnFault, cancellation);
            }
        }
        finally
        {
            if (gone.Count > 0)
            {
                OnDeleted(gone.Count, gone.Sum(deletion => deletion.Item.Bytes));
            }
        }

        return plan with { Deletions = gone.ToImmutable() };
    }

    private async Task TryRoundAsync(CancellationToken cancellation)
    {
        try
        {
            await RoundAsync(cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // The top of a round: housekeeping that fails is told, tried again, and stops nothing else.
            OnFault(fault.Message);
        }
    }
}
