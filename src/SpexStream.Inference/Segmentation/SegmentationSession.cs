using Microsoft.ML.OnnxRuntime;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Devices;
using SpexStream.Inference.Packs;

namespace SpexStream.Inference.Segmentation;

/// <summary>A segmentation model on one device.</summary>
internal sealed class SegmentationSession : IModelSession
{
    private readonly PackFiles _files;
    private readonly TimeProvider _time;
    private SegmentationBatch? _spare;
    private long _batchBytes;

    /// <summary>Opens the session and warms it up.</summary>
    public SegmentationSession(PackFiles files, TargetPlan targets, ModelSessionOptions options, TimeProvider time)
    {
        (_files, Targets, _time) = (files, targets, time);
        (BatchSize, TileSize) = (options.BatchSize, options.TileSize);
        Windows = new WindowPlan(Pack.Tiling, options.TileSize);
        Opened = SessionOpening.Open(files.Graph, options);
        Shapes = new RunShapes(Opened.Provider, Pack.Input.Batch, BatchSize, Windows.MostPerTile);
        try
        {
            _spare = (SegmentationBatch)NewBatch();
            WarmUp(_spare);
        }
        catch
        {
            // The session is ours until the constructor has returned.
            Dispose();
            throw;
        }
    }

    public DeviceName Device => Opened.Device;

    public string Provider => Opened.Provider == DeviceKind.Cuda ? "cuda" : "cpu";

    public string? FallbackReason => Opened.FallbackReason;

    public int BatchSize { get; }

    public long MemoryBytes => _files.Bytes + Interlocked.Read(ref _batchBytes);

    internal PackDescription Pack => _files.Description;

    internal TargetPlan Targets { get; }

    internal WindowPlan Windows { get; }

    internal RunShapes Shapes { get; }

    internal OpenedSession Opened { get; }

    internal int TileSize { get; }

    internal int ReachPixels => WindowPlan.Reach(Pack.Tiling);

    public IModelBatch NewBatch()
    {
        // The batch that the session was warmed up with is the first one.
        if (Interlocked.Exchange(ref _spare, null) is { } spare)
        {
            return spare;
        }

        var batch = new SegmentationBatch(this);
        Interlocked.Add(ref _batchBytes, batch.Bytes);
        return batch;
    }

    public ModelTimes Infer(IModelBatch batch, CancellationToken cancellation = default)
    {
        try
        {
            return ((SegmentationBatch)batch).Compute(_time, cancellation);
        }
        catch (OnnxRuntimeException fault)
        {
            throw OrtFaults.Translate(Device, fault);
        }
    }

    public void Dispose()
    {
        Interlocked.Exchange(ref _spare, null)?.Dispose();
        Opened.Dispose();
    }

    internal void Forget(SegmentationBatch batch) => Interlocked.Add(ref _batchBytes, -batch.Bytes);

    private void WarmUp(SegmentationBatch batch)
    {
        try
        {
            batch.WarmUp();
        }
        catch (OnnxRuntimeException fault)
        {
            var translated = OrtFaults.Translate(Device, fault);
            // A graph without shapes says only now that its answer has another one.
            throw translated.Kind == DeviceFaultKind.OutOfMemory || Opened.Provider == DeviceKind.Cuda
                ? translated
                : new ModelRefusedException(
                    _files.Folder, [$"the graph does not run on windows of {Windows.Edge}: {OrtFaults.Plain(fault)}"],
                        fault);
        }
    }
}
