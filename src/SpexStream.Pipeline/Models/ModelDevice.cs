using System.Collections.Concurrent;
using SpexStream.Domain.Devices;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Reliability;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Work;

namespace SpexStream.Pipeline.Models;

/// <summary>
/// A device that computes models. Three threads share its work: a reader fills batches (<see cref="TryAdd"/>), the
/// device's own thread computes them, a third takes the answers out. Two batches go round for each model, so reading
/// and answering overlap inference, and a reader that is ahead waits: that is the device's credit. A batch goes when it
/// is full or its first tile has waited long enough. A device that fails gives its tiles back and rests
/// (<see cref="DeviceHealth"/>).
/// </summary>
internal sealed class ModelDevice : IDisposable
{
    // Two batches of a model, and those of a model that takes its place; more cannot be computed and unanswered.
    private const int MostComputed = 16;
    private readonly DeviceName _name;
    private readonly ModelDeviceTools _tools;
    private readonly LaneBoard _board;
    private readonly BlockingCollection<BatchInHand> _computed = new(MostComputed);
    private readonly CancellationTokenSource _ending = new();
    private readonly Thread _deviceThread;
    private readonly Thread _answerThread;

    /// <summary>Starts the device's threads.</summary>
    public ModelDevice(DeviceName name, ModelDeviceTools tools)
    {
        (_name, _tools, _board) = (name, tools, new LaneBoard(tools.Limits, tools.Time));
        _deviceThread = new Thread(Compute) { Name = $"spex {name} model", IsBackground = true };
        _answerThread = new Thread(TakeAnswers) { Name = $"spex {name} answers", IsBackground = true };
        _deviceThread.Start();
        _answerThread.Start();
    }

    /// <summary>Whether it gets work.</summary>
    public DeviceHealth Health => _board.Health;

    /// <summary>Bytes that its sessions hold.</summary>
    public long MemoryBytes => _board.MemoryBytes;

    /// <summary>When a tile that is added now will be done.</summary>
    public DateTimeOffset Forecast => _board.Forecast;

    /// <summary>Opens a model beside those that are open. Blocks for seconds; on any thread.</summary>
    /// <exception cref="DeviceFaultException">The device cannot.</exception>
    /// <exception cref="ModelRefusedException">Its files contradict each other.</exception>
    public void Prepare(ITileModel model)
    {
        var lane = new ModelLane(model, _tools.SessionOptions(_name));
        if (!_board.TryAdd(lane))
        {
            // It was opened for a tile meanwhile; nobody has seen this one.
            lane.Dispose();
        }
    }

    /// <summary>Closes a model when its last batch is through, for good; ends when its sessions are disposed
    /// of.</summary>
    public Task RetireAsync(ITileModel model) => _board.RetireAsync(model);

    /// <summary>Whether no device of the machine can be waited for: rules shall answer.</summary>
    public bool AllAreOut => _tools.AllAreOut();

    /// <summary>Devices that share the work, this one among them.</summary>
    public int DeviceCount => _tools.DeviceCount;

    /// <summary>Waits while the device rests, unless all are out. Returns at once when it works.</summary>
    public void WaitWhileResting(CancellationToken stop) => _board.WaitWhileResting(_tools.AllAreOut, stop);

    /// <summary>Another device's health has changed: who waits here looks again.</summary>
    public void Wake() => _board.Wake();

    /// <summary>Adds a tile to a batch; waits while both batches of its model are on their way.</summary>
    /// <param name="model">The model it asks.</param>
    /// <param name="pixels">Its pixels; the caller's still.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="tile">Told the answer.</param>
    /// <returns>False when the device fails or ends meanwhile: the tile was not taken.</returns>
    public bool TryAdd(ITileModel model, PixelPlanes pixels, ITileRequest request, IModelTile tile)
    {
        if (!_board.TryClaim(model, out var batch))
        {
            return false;
        }

        try
        {
            batch.Batch.Add(pixels, request);
        }
        catch
        {
            // The tile fails; those that lie in the batch already go on.
            GiveBack(_board.PutBack(batch, null), batch.Lane.Fault);
            throw;
        }

        GiveBack(_board.PutBack(batch, tile), batch.Lane.Fault);
        return true;
    }

    /// <summary>Ends; the batch at hand is given up where a model can be, between two words of an answer. Its tiles
    /// and those that wait get no answer, for their scenes are left. Readers that wait are let go.</summary>
    public void Stop()
    {
        _board.End();
        _ending.Cancel();
        _deviceThread.Join();
        _answerThread.Join();
    }

    /// <summary>Frees sessions and batches; when no reader has one any more.</summary>
    public void Dispose()
    {
        Stop();
        _board.Dispose();
        _computed.Dispose();
        _ending.Dispose();
    }

    private void Compute()
    {
        while (_board.Next() is { } step)
        {
            switch (step)
            {
                case LaneStep.Open open:
                    Open(open.Model);
                    break;
                case LaneStep.Close close:
                    close.Lane.Dispose();
                    break;
                case LaneStep.Infer infer:
                    Infer(infer.Batch);
                    break;
            }
        }

        _computed.CompleteAdding();
    }

    private void Open(ITileModel model)
    {
        try
        {
            DeviceBreak.PassOpening(_name);
            Prepare(model);
        }
        catch (Exception fault)
        {
            // The top of a thread: whatever keeps the model from being opened, the device rests and tries again.
            Fail(fault, null);
        }
    }

    private void Infer(BatchInHand batch)
    {
        var (tiles, started) = (batch.Tiles.Count, _tools.Time.GetTimestamp());
        _tools.Recorder?.Begin([.. batch.Tiles.Select(tile => tile.Mark).OfType<FlightMark>()]);
        try
        {
            DeviceBreak.Pass(_name);
            if (DeviceDelay.Of(_name, tiles) is { Ticks: > 0 } delay)
            {
                _ending.Token.WaitHandle.WaitOne(delay);
            }

            var times = batch.Lane.Session.Infer(batch.Batch, _ending.Token);
            var busy = _tools.Time.GetElapsedTime(started);
            if (_board.Computed(tiles, busy))
            {
                _tools.OnHealth(Health);
            }

            _tools.Meter.Computed(
                _name, tiles, batch.Batch.Capacity, _tools.Time.GetElapsedTime(batch.Since, started), busy,
                    times);
            _computed.Add(batch);
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // Nothing is wrong with the device, and nobody waits for the answers.
        }
        catch (Exception fault)
        {
            // The top of a thread: its tiles go to the other devices, or come again when this one has rested.
            Fail(fault, batch);
        }
        finally
        {
            _tools.Recorder?.End();
        }
    }

    private void Fail(Exception cause, BatchInHand? batch)
    {
        var fault = cause as DeviceFaultException ?? new(_name, DeviceFaultKind.Failed, cause.Message, cause);
        var tiles = _board.Failed(fault, batch);
        _tools.OnHealth(Health);
        _tools.Meter.Failed(_name, fault.Kind);
        _tools.OnFault(fault);
        GiveBack(tiles, fault);
    }

    private static void GiveBack(List<IModelTile> tiles, DeviceFaultException? fault) =>
        tiles.ForEach(tile => tile.GiveBack(fault!));

    private void TakeAnswers()
    {
        using var scratch = _tools.NewScratch();
        foreach (var batch in _computed.GetConsumingEnumerable())
        {
            var started = _tools.Time.GetTimestamp();
            for (var slot = 0; slot < batch.Tiles.Count; slot++)
            {
                Take(batch, slot, scratch);
            }

            _tools.Meter.Answered(_name, _tools.Time.GetElapsedTime(started));
            _board.Answered(batch);
        }
    }

    private static void Take(BatchInHand batch, int slot, WorkerScratch scratch)
    {
        try
        {
            batch.Tiles[slot].Answer(batch.Batch, slot, scratch);
        }
        catch (Exception fault)
        {
            // The top of a thread: the tile has failed, the others of the batch have their answers.
            batch.Tiles[slot].Fail(fault);
        }
    }
}
