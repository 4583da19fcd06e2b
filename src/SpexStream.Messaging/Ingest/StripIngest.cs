using System.Threading.Channels;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Publishing;

namespace SpexStream.Messaging.Ingest;

/// <summary>
/// Takes announcements from the broker into the pipeline. A message is acknowledged when its strip was taken, recognised
/// as a duplicate, or refused with a dead letter; while the pipeline has no room for it, it is not. A few are opened at a
/// time; those that wait for room hold none of these turns, only their place in the broker's Receive Maximum, so that the
/// strips of scenes at work get past those of scenes that cannot begin.
/// </summary>
public sealed class StripIngest
{
    private readonly IMqttConnection _connection;
    private readonly StripIntake _strips;
    private readonly IntakeLetters _letters;
    private readonly IngestOptions _options;

    /// <summary>Creates an ingest that takes nothing yet.</summary>
    public StripIngest(
        IMqttConnection connection, StripOpener opener, IPipelineRuntime runtime, Spool spool, IOutbox outbox,
        StationIdentity identity, IngestOptions options, SpexMeter meter, TimeProvider time)
    {
        (_connection, _options) = (connection, options);
        _letters = new IntakeLetters(outbox, identity, meter, time, options.ArrivalsBefore);
        _strips = new StripIntake(opener, runtime, spool, _letters, options, meter, time);
    }

    /// <summary>Works until cancelled; then messages in hand are finished or stay unacknowledged. What else ends it is
    /// thrown.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var turns = new SemaphoreSlim(_options.Parallelism);
        using var places = new SemaphoreSlim(_options.MaxUnsettled);
        var running = new List<Task>();
        try
        {
            // A place and a turn first: what cannot be worked on stays where its size is counted.
            while (true)
            {
                await places.WaitAsync(stop.Token);
                await turns.WaitAsync(stop.Token);
                var delivery = await _connection.Deliveries.ReadAsync(stop.Token);
                running.RemoveAll(task => task.IsCompletedSuccessfully);
                running.Add(Task.Run(() => SettleAsync(delivery, turns, places, stop), CancellationToken.None));
            }
        }
        catch (ChannelClosedException)
        {
            // The connection was disposed: no more messages come.
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop: what was not acknowledged comes again.
        }

        await Task.WhenAll(running);
    }

    private async Task SettleAsync(
        IMqttDelivery delivery, SemaphoreSlim turns, SemaphoreSlim places, CancellationTokenSource stop)
    {
        using var arrival = new Arrival(delivery);
        try
        {
            if (await OpenInTurnAsync(arrival, turns, stop.Token) is { } strip)
            {
                await _strips.HandOverAsync(strip, stop.Token);
            }

            await arrival.AcknowledgeAsync();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop: the message comes again.
        }
        catch (Exception fault)
        {
            // The top of a message's way: it becomes a dead letter, and the others go on.
            await FailAsync(arrival, fault, stop);
        }
        finally
        {
            places.Release();
        }
    }

    private async Task<OpenedStrip?> OpenInTurnAsync(Arrival arrival, SemaphoreSlim turns, CancellationToken cancellation)
    {
        try
        {
            return await _strips.OpenAsync(arrival, cancellation);
        }
        finally
        {
            arrival.LetGo();
            turns.Release();
        }
    }

    private async Task FailAsync(Arrival arrival, Exception fault, CancellationTokenSource stop)
    {
        try
        {
            if (fault is JournalException)
            {
                // It may have been taken or not, and nothing can be said that would last: it comes again.
                throw fault;
            }

            await _letters.FailAsync(arrival.Original, fault, stop.Token);
            await arrival.AcknowledgeAsync();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop: the message comes again.
        }
        catch
        {
            // Not even that can be said: nothing more is taken, and whoever runs us learns why.
            await stop.CancelAsync();
            throw;
        }
    }
}
