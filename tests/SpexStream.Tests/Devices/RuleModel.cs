using System.Collections.Concurrent;
using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;
using SpexStream.Tests.Support;

namespace SpexStream.Tests.Devices;

/// <summary>
/// A model that answers with the rules of another backend, so that what went through devices can be compared with what
/// did not; and that fails when it is told to. Safe for use from several threads.
/// </summary>
internal sealed class RuleModel : ITileModel
{
    private readonly ConcurrentDictionary<DeviceName, Func<int, int, DeviceFaultKind?>> _faults = [];

    public ModelIdentity Identity { get; } = new("rules", "1", new string('a', 64));

    public int ReachPixels => 0;

    /// <summary>Every batch that was computed: where, and how many tiles it held.</summary>
    public ConcurrentQueue<(DeviceName Device, int Tiles)> Batches { get; } = [];

    /// <summary>Sessions that were opened and not disposed of.</summary>
    public int OpenSessions => Volatile.Read(ref _open);

    private int _open;

    /// <summary>Called while a batch is computed.</summary>
    public Action OnInfer { get; set; } = () => { };

    /// <summary>Called before a session is opened; may throw.</summary>
    public Action<DeviceName> OnOpen { get; set; } = _ => { };

    /// <summary>Called before a batch's buffers are made; may throw.</summary>
    public Action OnNewBatch { get; set; } = () => { };

    /// <summary>Called with what may cancel a batch while it is computed.</summary>
    public Action<CancellationToken> OnCancellable { get; set; } = _ => { };

    /// <summary>Lets a device fail: asked before each of its batches with its number, from 1, counted over its
    /// sessions, and the tiles in it.</summary>
    public void FailOn(DeviceName device, Func<int, int, DeviceFaultKind?> fault) => _faults[device] = fault;

    public IModelSession Open(ModelSessionOptions options)
    {
        OnOpen(options.Device);
        Interlocked.Increment(ref _open);
        return new Session(this, options);
    }

    public ILearnedBackend BackendFor(SceneImagery imagery, LearnedOptions options) =>
        throw new InvalidOperationException("Backends that ask this model are made by RuleBackends.");

    public void Dispose()
    {
    }

    /// <summary>What is asked: the rules to go by.</summary>
    public sealed record Request(ITileBackend Rules, ISceneFindings Findings) : ITileRequest;

    private sealed class Session(RuleModel model, ModelSessionOptions options) : IModelSession
    {
        private static readonly ConcurrentDictionary<(RuleModel, DeviceName), int> Counts = [];

        public DeviceName Device => options.Device;

        public string? FallbackReason => null;

        public string Provider => "cpu";

        public int BatchSize => options.BatchSize;

        public long MemoryBytes => 1000;

        public IModelBatch NewBatch()
        {
            model.OnNewBatch();
            return new Batch(options);
        }

        public ModelTimes Infer(IModelBatch batch, CancellationToken cancellation = default)
        {
            var number = Counts.AddOrUpdate((model, Device), 1, (_, count) => count + 1);
            if (model._faults.TryGetValue(Device, out var fault) && fault(number, batch.Count) is { } kind)
            {
                throw new DeviceFaultException(Device, kind, $"told to fail at batch {number} of {batch.Count} tiles");
            }

            model.Batches.Enqueue((Device, batch.Count));
            ((Batch)batch).Infer();
            model.OnInfer();
            model.OnCancellable(cancellation);
            return default;
        }

        public void Dispose() => Interlocked.Decrement(ref model._open);
    }

    private sealed class Batch(ModelSessionOptions options) : IModelBatch
    {
        private readonly List<(PixelPlanes Pixels, Request Request, TileEvidence Evidence)> _slots = [];

        public int Capacity => options.BatchSize;

        public int Count => _slots.Count;

        public int Add(PixelPlanes pixels, ITileRequest request)
        {
            if (Count == Capacity)
            {
                throw new InvalidOperationException("full");
            }

            _slots.Add((PlaneCopy.Of(pixels), (Request)request, new TileEvidence(options.TileSize)));
            return Count - 1;
        }

        public void Infer() =>
            _slots.ForEach(slot => slot.Request.Rules.Classify(slot.Pixels, slot.Request.Findings, slot.Evidence));

        public ImmutableArray<ModelText> Answer(int slot, TileEvidence evidence)
        {
            PlaneCopy.Copy(_slots[slot].Evidence, evidence);
            return [];
        }

        public void Clear()
        {
            _slots.ForEach(slot =>
            {
                slot.Pixels.Dispose();
                slot.Evidence.Dispose();
            });
            _slots.Clear();
        }

        public void Dispose() => Clear();
    }
}
