using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using SpexStream.Domain.Commands;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Reliability;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Publishing;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Messaging.Ingest;

/// <summary>
/// Takes announcements from the broker into the pipeline. A message is acknowledged when its strip was taken,
/// recognised as a duplicate, or refused with a dead letter; while the pipeline has no room for it, it is not. A few
/// are opened at a time; those that wait for room hold none of these turns, only their place in the broker's Receive
/// Maximum, so that the strips of scenes at work get past those of scenes that cannot begin.
/// </summary>
public sealed class StripIngest : IDisposable
{
    private readonly IMqttConnection _connection;
    private readonly StripDesk _desk;
    private readonly StripIntake _strips;
    private readonly SpoolReplay _replay;
    private readonly PassIntake _passes;
    private readonly IntakeLetters _letters;
    private readonly IngestOptions _options;
    private readonly TimeProvider _time;
    private readonly string _passTopics;
    private readonly SpoolTrouble _spoolTrouble;
    private readonly IIntakeWatch _watch;

    /// <summary>Creates an ingest that takes nothing yet.</summary>
    public StripIngest(
        IMqttConnection connection, StripOpener opener, IPipelineRuntime runtime, Spool spool, IOutbox outbox,
        StationIdentity identity, IngestOptions options, SpexMeter meter, TimeProvider time,
        IStripGate? gate = null, Action<string>? onSpoolTrouble = null, IIntakeWatch? watch = null,
        StripMemory? known = null)
    {
        _watch = watch ?? new NoWatch();
        _spoolTrouble = new SpoolTrouble(Tally, onSpoolTrouble ?? (_ => { }));
        (_connection, _options, _time) = (connection, options, time);
        _letters = new IntakeLetters(outbox, identity, meter, time, options.ArrivalsBefore);
        _desk = new StripDesk(
            (strip, onStep) =>
            {
                var (delivery, rejection) = opener.Open(strip, onStep);
                return new(delivery, rejection);
            },
            options, time);
        _strips = new StripIntake(
            _desk, runtime, spool, _spoolTrouble, gate ?? new OpenGate(), _letters, options, Tally, meter, time);
        // A folder is replayed because somebody asks for it, however old its strips are.
        var anyAge = options with { Limits = options.Limits with { MaxDataAge = null } };
        _replay = new SpoolReplay(
            new StripIntake(
                _desk, runtime, spool, _spoolTrouble, gate ?? new OpenGate(), _letters, anyAge, Tally, meter, time),
            anyAge,
            new SpexTopic.Command(identity.Station, CommandVerbs.Replay), known, time);
        _passes = new PassIntake(runtime, _letters, options);
        _passTopics = TopicFilters.Passes(identity.Station).TrimEnd('#');
    }

    /// <summary>Rasters being opened, or waiting for that, or for the spool folder.</summary>
    public StageTally Tally { get; } = new();

    /// <summary>Opens that were given up and have not come back.</summary>
    public int HungReads => _desk.HungReads;

    /// <summary>Announcements taken from the broker and not settled.</summary>
    public int Unsettled => Arrived.Depth;

    /// <summary>Announcements taken from the broker, and how they are settled.</summary>
    public StageTally Arrived { get; } = new();

    /// <summary>Why strips cannot be taken in at present; null when all is well.</summary>
    public string? Trouble => _desk.IsServing
        ? _spoolTrouble.Text
        : $"{HungReads} rasters do not answer, and no thread is left to open another";

    /// <summary>After <see cref="RunAsync"/> has ended.</summary>
    public void Dispose() => _desk.Dispose();

    /// <summary>Takes every strip that is described in a folder, one after the other, as if it were
    /// announced.</summary>
    /// <param name="folder">The folder; below an allowed one.</param>
    /// <param name="cancellation">Ends it; strips that were taken stay taken.</param>
    public Task<CommandAnswer> ReplayAsync(string folder, CancellationToken cancellation) =>
        _replay.RunAsync(folder, cancellation);

    /// <summary>Works until cancelled; then messages in hand are finished or stay unacknowledged. What else ends it is
    /// thrown.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var turns = new SemaphoreSlim(_options.Parallelism);
        using var places = new SemaphoreSlim(_options.MaxUnsettled);
        var inHand = new List<Arrival>();
        try
        {
            // A place and a turn first: what cannot be worked on stays where its size is counted.
            while (true)
            {
                await places.WaitAsync(stop.Token);
                await turns.WaitAsync(stop.Token);
                var arrival = new Arrival(await _connection.Deliveries.ReadAsync(stop.Token));
                Arrived.Begin();
                inHand.RemoveAll(earlier => earlier.Settled.IsCompletedSuccessfully);
                Arrival[] before = IsPass(arrival) ? [.. inHand] : [];
                arrival.Settled = Task.Run(
                    () => SettleAsync(arrival, before, turns, places, stop), CancellationToken.None);
                inHand.Add(arrival);
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

        await Task.WhenAll(inHand.Select(arrival => arrival.Settled));
    }

    private bool IsPass(Arrival arrival) => arrival.Message.Topic.StartsWith(_passTopics, StringComparison.Ordinal);

    private async Task SettleAsync(
        Arrival arrival, Arrival[] before, SemaphoreSlim turns, SemaphoreSlim places, CancellationTokenSource stop)
    {
        using var turn = new IntakeTurn(turns);
        try
        {
            if (!await IsToBeTakenAsync(arrival, turn, stop.Token))
            {
                await DropAsync(arrival, stop.Token);
                return;
            }

            await (IsPass(arrival)
                ? EndPassAsync(arrival, before, turn, stop.Token) : TakeStripAsync(arrival, turn, stop.Token));
            FailPoints.Pass(FailPoints.AfterJournalBeforeAck);
            await AcknowledgeAsync(arrival, stop.Token);
            FailPoints.Pass(FailPoints.AfterAck);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop: the message comes again.
        }
        catch (OperationCanceledException)
        {
            // Given up by somebody else, a runtime that ends: what became of the message is not known, so it comes
            // again.
        }
        catch (Exception fault)
        {
            // The top of a message's way: it becomes a dead letter, and the others go on.
            await FailAsync(arrival, fault, stop);
        }
        finally
        {
            arrival.Scene.TrySetResult(null);
            arrival.Dispose();
            Arrived.End();
            places.Release();
        }
    }

    // What waits to be known waits without a turn.
    private async Task<bool> IsToBeTakenAsync(Arrival arrival, IntakeTurn turn, CancellationToken cancellation)
    {
        // Its payload is held until it is read.
        string Name() => AnnouncementName.Of(arrival.Message, IsPass(arrival), _options.Limits, _time.GetUtcNow());
        var look = _watch.IsToBeTakenAsync(arrival.Mark, Name, cancellation);
        if (!look.IsCompleted)
        {
            var looking = look.AsTask();
            await turn.WaitOutsideAsync(looking, cancellation);
            return await looking;
        }

        return await look;
    }

    private async Task DropAsync(Arrival arrival, CancellationToken cancellation)
    {
        if (!await arrival.AcknowledgeAsync())
        {
            await _watch.ComesAgainAsync(arrival.Mark, cancellation);
        }
    }

    private async Task AcknowledgeAsync(Arrival arrival, CancellationToken cancellation)
    {
        // One that comes again is not settled: whoever gets it then says so.
        if (await arrival.AcknowledgeAsync())
        {
            await _watch.SettledAsync(arrival.Mark, cancellation);
        }
    }

    private async Task TakeStripAsync(Arrival arrival, IntakeTurn turn, CancellationToken cancellation)
    {
        var announced = await InTurnAsync(_strips.ReadAsync, arrival, turn, cancellation);
        arrival.Scene.TrySetResult(announced?.Scene);
        if (announced is not null && await _strips.OpenAsync(announced, arrival.Original, cancellation) is { } strip)
        {
            FailPoints.Pass(FailPoints.BeforeJournal);
            await _strips.HandOverAsync(strip, cancellation);
        }
    }

    private async Task EndPassAsync(
        Arrival arrival, Arrival[] before, IntakeTurn turn, CancellationToken cancellation)
    {
        arrival.Scene.TrySetResult(null);
        if (await InTurnAsync((read, _, token) => _passes.ReadAsync(read, token), arrival, turn, cancellation)
            is { } end)
        {
            await _passes.EndAsync(end, before, cancellation);
        }
    }

    private static async Task<T> InTurnAsync<T>(
        Func<Arrival, IntakeTurn, CancellationToken, Task<T>> work, Arrival arrival, IntakeTurn turn,
            CancellationToken cancellation)
    {
        try
        {
            return await work(arrival, turn, cancellation);
        }
        finally
        {
            turn.Dispose();
            arrival.LetGo();
        }
    }

    private async Task FailAsync(Arrival arrival, Exception fault, CancellationTokenSource stop)
    {
        if (fault is JournalException)
        {
            // It may have been taken or not, and nothing can be said that would last: it comes again, to the next
            // process.
            await stop.CancelAsync();
            ExceptionDispatchInfo.Throw(fault);
        }

        try
        {
            await _letters.FailAsync(arrival.Original, fault, stop.Token);
            await AcknowledgeAsync(arrival, stop.Token);
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
