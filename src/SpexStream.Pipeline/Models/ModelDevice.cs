using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using SpexStream.Domain.Devices;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Models;
using SpexStream.Pipeline.Work;

namespace SpexStream.Pipeline.Models;

/// <summary>
/// A device that computes models. Three threads share its work: a reader fills batches (<see cref="TryAdd"/>), the device's
/// own thread computes them, a third takes the answers out. Two batches go round for each model, so reading and answering
/// overlap inference, and a reader that is ahead waits: that is the device's credit. A batch goes when it is full or its
/// first tile has waited long enough. A device that fails gives its tiles back and rests (<see cref="DeviceHealth"/>).
/// </summary>
internal sealed class ModelDevice : IDisposable
{
    private readonly object _gate = new();
    private readonly DeviceName _name;
    private readonly ModelDeviceTools _tools;
    private readonly Dictionary<ITileModel, ModelLane> _lanes = [];
    private readonly HashSet<ITileModel> _wanted = [];
    private readonly HashSet<ITileModel> _unwanted = [];
    private readonly Queue<BatchInHand> _ready = new();
    private readonly BlockingCollection<BatchInHand?> _computed = new(64);
    private readonly ITimer _timer;
    private readonly Thread _deviceThread;
    private readonly Thread _answerThread;
    private DeviceHealth _health;
    private Pace _pace;
    private int _inHand;
    private bool _isEnding;

    /// <summary>Starts the device's threads.</summary>
    public ModelDevice(DeviceName name, ModelDeviceTools tools)
    {
        (_name, _tools) = (name, tools);
        _health = DeviceHealth.Fresh(tools.Limits.BatchSize);
        _timer = tools.Time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _deviceThread = new Thread(Compute) { Name = $"spex {name} model", IsBackground = true };
        _answerThread = new Thread(TakeAnswers) { Name = $"spex {name} answers", IsBackground = true };
        _deviceThread.Start();
        _answerThread.Start();
    }

    /// <summary>Whether it gets work.</summary>
    public DeviceHealth Health
    {
        get
        {
            lock (_gate)
            {
                return _health.At(_tools.Time.GetUtcNow());
            }
        }
    }

    /// <summary>Bytes that its sessions hold.</summary>
    public long MemoryBytes
    {
        get
        {
            lock (_gate)
            {
                return _lanes.Values.Sum(lane => lane.Session.MemoryBytes);
            }
        }
    }

    /// <summary>When a tile that is added now will be done.</summary>
    public DateTimeOffset Forecast
    {
        get
        {
            lock (_gate)
            {
                return _tools.Time.GetUtcNow() + _pace.Forecast(_inHand + 1, 1);
            }
        }
    }

    /// <summary>Opens a model beside those that are open, and says when it is warm. Blocks for seconds; not on a thread of this
    /// device.</summary>
    /// <exception cref="DeviceFaultException">The device cannot.</exception>
    public void Prepare(ITileModel model)
    {
        var lane = new ModelLane(model, _tools.SessionOptions(_name));
        lock (_gate)
        {
            _unwanted.Remove(model);
            if (_isEnding || !_lanes.TryAdd(model, lane))
            {
                // It was opened for a tile meanwhile, or there is nobody left to use it; nobody has seen this one.
                lane.Dispose();
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Closes a model when its last batch is through; a tile that asks for it again opens it again.</summary>
    public void Retire(ITileModel model)
    {
        lock (_gate)
        {
            _unwanted.Add(model);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits while the device rests. Returns at once when it works.</summary>
    public void WaitWhileResting(CancellationToken stop)
    {
        using var registration = stop.Register(Wake);
        lock (_gate)
        {
            while (!stop.IsCancellationRequested && !_isEnding && IsResting(out var rest))
            {
                Wait(rest);
            }
        }
    }

    /// <summary>Adds a tile to a batch; waits while both batches of its model are on their way.</summary>
    /// <param name="model">The model it asks.</param>
    /// <param name="pixels">Its pixels; the caller's still.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="tile">Told the answer.</param>
    /// <returns>False when the device fails or ends meanwhile: the tile was not taken.</returns>
    public bool TryAdd(ITileModel model, PixelPlanes pixels, ITileRequest request, IModelTile tile)
    {
        if (!TryClaim(model, out var batch))
        {
            return false;
        }

        try
        {
            batch.Batch.Add(pixels, request);
            batch.Tiles.Add(tile);
        }
        finally
        {
            PutBack(batch);
        }

        return true;
    }

    /// <summary>Ends after the batch at hand; tiles that wait get no answer, for their scenes are left.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isEnding)
            {
                return;
            }

            _isEnding = true;
            Monitor.PulseAll(_gate);
        }

        _deviceThread.Join();
        _answerThread.Join();
        _timer.Dispose();
        _computed.Dispose();
        foreach (var lane in _lanes.Values)
        {
            lane.Dispose();
        }
    }

    private bool TryClaim(ITileModel model, [NotNullWhen(true)] out BatchInHand? batch)
    {
        batch = null;
        lock (_gate)
        {
            while (!_isEnding && !IsResting(out _))
            {
                if (!_lanes.TryGetValue(model, out var lane))
                {
                    _wanted.Add(model);
                    Monitor.PulseAll(_gate);
                }
                else if (lane.Partial is { } partial)
                {
                    (lane.Partial, batch) = (null, partial);
                    return true;
                }
                else if (lane.Free.TryPop(out batch))
                {
                    return true;
                }

                Monitor.Wait(_gate);
            }
        }

        return false;
    }

    private void PutBack(BatchInHand batch)
    {
        lock (_gate)
        {
            if (batch.Tiles.Count == 0)
            {
                batch.Lane.Free.Push(batch);
            }
            else
            {
                if (batch.Tiles.Count == 1)
                {
                    batch.Since = _tools.Time.GetTimestamp();
                }

                _inHand++;
                if (batch.Tiles.Count >= _health.BatchLimit)
                {
                    _ready.Enqueue(batch);
                }
                else
                {
                    batch.Lane.Partial = batch;
                }
            }

            Monitor.PulseAll(_gate);
        }
    }

    // The device's own thread: opens and closes models between batches, computes batches.
    private void Compute()
    {
        while (Next() is { } step)
        {
            step();
        }

        _computed.Add(null);
    }

    private Action? Next()
    {
        lock (_gate)
        {
            while (!_isEnding)
            {
                if (IsResting(out var wait))
                {
                    Wait(wait);
                }
                else if (_wanted.FirstOrDefault() is { } wanted)
                {
                    _wanted.Remove(wanted);
                    return () => Open(wanted);
                }
                else if (_ready.TryDequeue(out var full))
                {
                    return () => Infer(full);
                }
                else if (_unwanted.FirstOrDefault(model => !_lanes.TryGetValue(model, out var lane) || lane.IsIdle) is { } old)
                {
                    _unwanted.Remove(old);
                    return _lanes.Remove(old, out var lane) ? lane.Dispose : () => { };
                }
                else if (Oldest() is { } partial)
                {
                    var rule = new BatchRule(_health.BatchLimit, _tools.Limits.LongestWait);
                    if (rule.WaitFor(partial.Tiles.Count, _tools.Time.GetElapsedTime(partial.Since)) is { } longer)
                    {
                        Wait(longer);
                    }
                    else
                    {
                        partial.Lane.Partial = null;
                        return () => Infer(partial);
                    }
                }
                else
                {
                    Monitor.Wait(_gate);
                }
            }

            return null;
        }
    }

    private BatchInHand? Oldest() =>
        _lanes.Values.Select(lane => lane.Partial).OfType<BatchInHand>().MinBy(batch => batch.Since);

    private void Open(ITileModel model)
    {
        try
        {
            Prepare(model);
        }
        catch (DeviceFaultException fault)
        {
            Rest(fault, tiles: 0);
        }
    }

    private void Infer(BatchInHand batch)
    {
        var (tiles, started) = (batch.Tiles.Count, _tools.Time.GetTimestamp());
        _tools.Recorder?.Begin([.. batch.Tiles.Select(tile => tile.Mark).OfType<Domain.Scenes.FlightMark>()]);
        try
        {
            var times = batch.Lane.Session.Infer(batch.Batch);
            var busy = _tools.Time.GetElapsedTime(started);
            lock (_gate)
            {
                _health = _health.Succeeded();
                _pace = _pace.After(tiles, busy.TotalSeconds);
            }

            _tools.Meter.Computed(
                _name, tiles / (double)batch.Batch.Capacity, _tools.Time.GetElapsedTime(batch.Since, started), busy, times);
            _computed.Add(batch);
        }
        catch (DeviceFaultException fault)
        {
            GiveBack(batch, fault);
        }
        finally
        {
            _tools.Recorder?.End();
        }
    }

    // Nobody else touches the lane while the device's thread is here: readers wait for batches that this one holds back.
    private void GiveBack(BatchInHand failed, DeviceFaultException fault)
    {
        var tiles = failed.Tiles.Count;
        List<IModelTile> given = [.. failed.Tiles];
        lock (_gate)
        {
            failed.Clear();
            failed.Lane.Free.Push(failed);
            _inHand -= tiles;
        }

        Rest(fault, tiles);
        given.ForEach(tile => tile.GiveBack(fault));
    }

    private void Rest(DeviceFaultException fault, int tiles)
    {
        _tools.Meter.Failed(_name, fault.Kind);
        _tools.OnFault(fault);
        List<BatchInHand> waiting = [];
        lock (_gate)
        {
            _health = _health.Failed(fault.Kind, tiles, _tools.Time.GetUtcNow());
            if (_health.Phase == DevicePhase.Quarantined)
            {
                waiting = TakeAllWaiting();
            }

            Monitor.PulseAll(_gate);
        }

        foreach (var tile in waiting.SelectMany(batch => batch.Tiles))
        {
            tile.GiveBack(fault);
        }

        lock (_gate)
        {
            waiting.ForEach(Return);
            if (_health.Phase == DevicePhase.Quarantined)
            {
                // A session that broke is not used again; those whose batches are still being answered close later.
                _unwanted.UnionWith(_lanes.Keys);
            }
        }
    }

    private List<BatchInHand> TakeAllWaiting()
    {
        List<BatchInHand> waiting = [.. _ready];
        _ready.Clear();
        foreach (var lane in _lanes.Values.Where(lane => lane.Partial is not null))
        {
            waiting.Add(lane.Partial!);
            lane.Partial = null;
        }

        return waiting;
    }

    private void Return(BatchInHand batch)
    {
        _inHand -= batch.Tiles.Count;
        batch.Clear();
        batch.Lane.Free.Push(batch);
        Monitor.PulseAll(_gate);
    }

    private void TakeAnswers()
    {
        using var scratch = _tools.NewScratch();
        while (_computed.Take() is { } batch)
        {
            var started = _tools.Time.GetTimestamp();
            for (var slot = 0; slot < batch.Tiles.Count; slot++)
            {
                Take(batch, slot, scratch);
            }

            _tools.Meter.Answered(_name, _tools.Time.GetElapsedTime(started));
            lock (_gate)
            {
                Return(batch);
            }
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

    private bool IsResting(out TimeSpan left)
    {
        var now = _tools.Time.GetUtcNow();
        _health = _health.At(now);
        left = _health.RestsUntil - now;
        return _health.Phase == DevicePhase.Quarantined;
    }

    private void Wait(TimeSpan longest)
    {
        _timer.Change(longest, Timeout.InfiniteTimeSpan);
        Monitor.Wait(_gate);
    }

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }
}
