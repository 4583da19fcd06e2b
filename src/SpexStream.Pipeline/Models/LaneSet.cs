using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using SpexStream.Domain.Devices;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Pipeline.Models;

/// <summary>The models of one device and where their batches are. Not thread-safe: <see cref="LaneBoard"/> guards
/// it.</summary>
/// <param name="longestWait">How long the first tile of a batch waits for company.</param>
/// <param name="time">The clock.</param>
internal sealed class LaneSet(TimeSpan longestWait, TimeProvider time)
{
    private readonly Dictionary<ITileModel, ModelLane> _lanes = [];
    private readonly List<ModelLane> _closing = [];
    private readonly HashSet<ITileModel> _wanted = [];
    // A mark on the model, which goes with it.
    private readonly ConditionalWeakTable<ITileModel, object> _retired = new();
    private readonly Queue<BatchInHand> _ready = new();

    /// <summary>Tiles in batches, answered ones not among them.</summary>
    public int InHand { get; private set; }

    /// <summary>Open models, and those that close.</summary>
    public IEnumerable<ModelLane> All => _lanes.Values.Concat(_closing);

    /// <summary>Puts an opened model up; false when it is open already, or was retired.</summary>
    public bool TryAdd(ModelLane lane) => !IsRetired(lane.Model) && _lanes.TryAdd(lane.Model, lane);

    /// <summary>Takes a model down for good: it is closed when its last batch is through.</summary>
    /// <returns>Ends when it is.</returns>
    public Task Retire(ITileModel model)
    {
        _retired.TryAdd(model, model);
        _wanted.Remove(model);
        if (_lanes.Remove(model, out var lane))
        {
            _closing.Add(lane);
        }

        return Task.WhenAll(_closing.Where(closing => closing.Model == model).Select(closing => closing.Closed));
    }

    /// <summary>Notes that a model is asked for; true when that is new, for it is not open.</summary>
    /// <exception cref="InvalidOperationException">It was retired: whoever asks is of a scene that is over.</exception>
    public bool Want(ITileModel model) => IsRetired(model)
        ? throw new InvalidOperationException("The model was taken down.")
        : !_lanes.ContainsKey(model) && _wanted.Add(model);

    /// <summary>Takes a batch with room, the fullest first.</summary>
    public bool TryClaim(ITileModel model, [NotNullWhen(true)] out BatchInHand? batch)
    {
        batch = null;
        if (!_lanes.TryGetValue(model, out var lane))
        {
            return false;
        }

        batch = lane.Partial.MaxBy(partial => partial.Tiles.Count);
        return batch is null ? lane.Free.TryPop(out batch) : lane.Partial.Remove(batch);
    }

    /// <summary>Puts a claimed batch back, with the tile that was added to it, if one was.</summary>
    /// <returns>The tiles to give back, because the session broke meanwhile; none as a rule.</returns>
    public List<IModelTile> PutBack(BatchInHand batch, IModelTile? added, int batchLimit)
    {
        if (added is not null)
        {
            batch.Tiles.Add(added);
            batch.Since = batch.Tiles.Count == 1 ? time.GetTimestamp() : batch.Since;
            InHand++;
        }

        List<IModelTile> stranded = [];
        if (batch.Lane.Fault is not null || batch.Tiles.Count == 0)
        {
            stranded.AddRange(batch.Tiles);
            Free(batch);
        }
        else if (batch.Tiles.Count >= batchLimit)
        {
            _ready.Enqueue(batch);
        }
        else
        {
            batch.Lane.Partial.Add(batch);
        }

        return stranded;
    }

    /// <summary>What the device's own thread has to do; else how long until there may be something.</summary>
    public bool TryNext(int batchLimit, [NotNullWhen(true)] out LaneStep? step, out TimeSpan wait)
    {
        (step, wait) = (null, Timeout.InfiniteTimeSpan);
        if (_wanted.FirstOrDefault() is { } wanted)
        {
            _wanted.Remove(wanted);
            step = new LaneStep.Open(wanted);
        }
        else if (_ready.TryDequeue(out var full))
        {
            step = new LaneStep.Infer(full);
        }
        else if (_closing.Find(lane => lane.IsIdle) is { } old)
        {
            _closing.Remove(old);
            step = new LaneStep.Close(old);
        }
        else if (Oldest() is { } partial)
        {
            var rule = new BatchRule(batchLimit, longestWait);
            if (rule.WaitFor(partial.Tiles.Count, time.GetElapsedTime(partial.Since)) is { } longer)
            {
                wait = longer;
            }
            else
            {
                partial.Lane.Partial.Remove(partial);
                step = new LaneStep.Infer(partial);
            }
        }

        return step is not null;
    }

    private bool IsRetired(ITileModel model) => _retired.TryGetValue(model, out _);

    private BatchInHand? Oldest() => All
        .SelectMany(lane => lane.Partial).MinBy(batch => batch.Since);

    /// <summary>Takes every model down after its device broke: no session of it is used again.</summary>
    /// <returns>The batches that waited.</returns>
    public List<BatchInHand> Abandon(DeviceFaultException fault)
    {
        List<BatchInHand> waiting = [.. _ready];
        _ready.Clear();
        _closing.AddRange(_lanes.Values);
        _lanes.Clear();
        foreach (var lane in _closing)
        {
            lane.Fault = fault;
            waiting.AddRange(lane.Partial);
            lane.Partial.Clear();
        }

        return waiting;
    }

    /// <summary>Empties a batch.</summary>
    public void Free(BatchInHand batch)
    {
        InHand -= batch.Tiles.Count;
        batch.Clear();
        batch.Lane.Free.Push(batch);
    }
}
