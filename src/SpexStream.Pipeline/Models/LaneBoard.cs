using System.Diagnostics.CodeAnalysis;
using SpexStream.Domain.Devices;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Pipeline.Models;

/// <summary>
/// Where the threads of one device meet: which models are open, which batches are free, filling, or ready, and whether
/// the device works or rests. A batch is on the board or with one thread. Safe for use from several threads.
/// </summary>
internal sealed class LaneBoard : IDisposable
{
    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly LaneSet _lanes;
    private DeviceHealth _health;
    private Pace _pace;
    private bool _isEnding;

    public LaneBoard(ModelLimits limits, TimeProvider time)
    {
        (_time, _lanes, _health) = (time, new LaneSet(limits.LongestWait, time), DeviceHealth.Fresh(limits.BatchSize));
        _timer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public DeviceHealth Health
    {
        get
        {
            lock (_gate)
            {
                return _health.At(_time.GetUtcNow());
            }
        }
    }

    /// <summary>Bytes that the open sessions hold.</summary>
    public long MemoryBytes
    {
        get
        {
            lock (_gate)
            {
                return _lanes.All.Sum(lane => lane.Session.MemoryBytes);
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
                return _time.GetUtcNow() + _pace.Forecast(_lanes.InHand + 1, 1);
            }
        }
    }

    /// <summary>Puts an opened model up; false when it is open already, or nobody is left to use it.</summary>
    public bool TryAdd(ModelLane lane)
    {
        lock (_gate)
        {
            var isNew = !_isEnding && _lanes.TryAdd(lane);
            Monitor.PulseAll(_gate);
            return isNew;
        }
    }

    /// <summary>Takes a model down: it is closed when its last batch is through, which ends the task.</summary>
    public Task RetireAsync(ITileModel model)
    {
        lock (_gate)
        {
            var closed = _lanes.Retire(model);
            Monitor.PulseAll(_gate);
            return closed;
        }
    }

    /// <summary>Waits while the device rests, as long as another one may do its work.</summary>
    public void WaitWhileResting(Func<bool> allAreOut, CancellationToken stop)
    {
        using var registration = stop.Register(Wake);
        lock (_gate)
        {
            while (!stop.IsCancellationRequested && !_isEnding && IsResting(out var rest) && !allAreOut())
            {
                Wait(rest);
            }
        }
    }

    /// <summary>Waits for a batch with room, and takes it. False when the device fails or ends meanwhile.</summary>
    /// <exception cref="InvalidOperationException">The model was retired.</exception>
    public bool TryClaim(ITileModel model, [NotNullWhen(true)] out BatchInHand? batch)
    {
        batch = null;
        lock (_gate)
        {
            while (!_isEnding && !IsResting(out _))
            {
                if (_lanes.TryClaim(model, out batch))
                {
                    return true;
                }

                if (_lanes.Want(model))
                {
                    Monitor.PulseAll(_gate);
                }

                Monitor.Wait(_gate);
            }
        }

        return false;
    }

    /// <summary>Puts a claimed batch back.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="added">The tile that was added to it; null when that failed.</param>
    /// <returns>The tiles to give back, because the session broke meanwhile; none as a rule.</returns>
    public List<IModelTile> PutBack(BatchInHand batch, IModelTile? added)
    {
        lock (_gate)
        {
            var stranded = _lanes.PutBack(batch, added, _health.BatchLimit);
            Monitor.PulseAll(_gate);
            return stranded;
        }
    }

    /// <summary>Waits for what the device's own thread has to do; null when it ends.</summary>
    public LaneStep? Next()
    {
        lock (_gate)
        {
            while (!_isEnding)
            {
                if (IsResting(out var wait))
                {
                    Wait(wait);
                }
                else if (_lanes.TryNext(_health.BatchLimit, out var step, out wait))
                {
                    return step;
                }
                else
                {
                    Wait(wait);
                }
            }

            return null;
        }
    }

    /// <summary>A batch was computed.</summary>
    /// <returns>Whether the device had been out before.</returns>
    public bool Computed(int tiles, TimeSpan took)
    {
        lock (_gate)
        {
            var wasOut = _health.IsOut;
            (_health, _pace) = (_health.Succeeded(), _pace.After(tiles, took.TotalSeconds));
            return wasOut;
        }
    }

    /// <summary>The answers of a batch were taken out.</summary>
    public void Answered(BatchInHand batch)
    {
        lock (_gate)
        {
            _lanes.Free(batch);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The device failed.</summary>
    /// <param name="fault">How.</param>
    /// <param name="failed">What it was computing; null when it was opening a model.</param>
    /// <returns>The tiles to give back.</returns>
    public List<IModelTile> Failed(DeviceFaultException fault, BatchInHand? failed)
    {
        lock (_gate)
        {
            _health = _health.Failed(fault.Kind, failed?.Tiles.Count ?? 0, _time.GetUtcNow());
            List<BatchInHand> stranded = failed is null ? [] : [failed];
            if (_health.Phase == DevicePhase.Quarantined)
            {
                stranded.AddRange(_lanes.Abandon(fault));
            }

            List<IModelTile> tiles = [.. stranded.SelectMany(batch => batch.Tiles)];
            stranded.ForEach(_lanes.Free);
            Monitor.PulseAll(_gate);
            return tiles;
        }
    }

    /// <summary>Ends: whoever waits here is let go.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isEnding = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Closes every session; when no thread has a batch any more.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        foreach (var lane in _lanes.All)
        {
            lane.Dispose();
        }
    }

    private bool IsResting(out TimeSpan left)
    {
        var now = _time.GetUtcNow();
        _health = _health.At(now);
        left = _health.RestsUntil - now;
        return _health.Phase == DevicePhase.Quarantined;
    }

    private void Wait(TimeSpan longest)
    {
        _timer.Change(longest, Timeout.InfiniteTimeSpan);
        Monitor.Wait(_gate);
    }

    /// <summary>Lets everybody who waits here look again.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }
}
