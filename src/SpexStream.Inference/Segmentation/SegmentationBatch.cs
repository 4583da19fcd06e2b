using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Devices;
using SpexStream.Inference.Onnx;

namespace SpexStream.Inference.Segmentation;

/// <summary>Tiles on their way through a segmentation model: buffers of a fixed size, each tile a run of
/// windows.</summary>
internal sealed unsafe class SegmentationBatch : IModelBatch
{
    private readonly SegmentationSession _session;
    private readonly WindowPlan _windows;
    private readonly TileSlot[] _slots;
    private readonly HostBuffer _input;
    private readonly HostBuffer _output;
    private readonly BoundRuns _runs;
    private readonly AnswerReader _reader;
    private readonly long _inputBytes;
    private readonly long _outputBytes;
    private readonly byte* _marks;
    private readonly float* _scratch;
    private int _windowCount;
    private bool _isAnswered;
    private bool _disposed;

    public SegmentationBatch(SegmentationSession session)
    {
        _session = session;
        _windows = session.Windows;
        var pack = session.Pack;
        var area = (long)_windows.Edge * _windows.Edge;
        _inputBytes = area * pack.Input.Bands.Length * pack.Input.Type.Bytes();
        _outputBytes = area * pack.Output.Classes.Length * pack.Output.Type.Bytes();
        // Whole inferences: the last one may be padded.
        var most = session.Shapes.Most;
        var room = (long)((session.BatchSize * _windows.MostPerTile) + most - 1) / most * most;
        _slots = [.. Enumerable.Range(0, session.BatchSize).Select(_ => new TileSlot())];
        _input = new HostBuffer(session.Opened, room * _inputBytes);
        try
        {
            _output = new HostBuffer(session.Opened, room * _outputBytes);
        }
        catch
        {
            // There was room for one of the two only.
            _input.Dispose();
            throw;
        }

        _runs = new BoundRuns(session.Opened, pack, _windows.Edge, _input, _output);
        _reader = new AnswerReader(_windows, session.Targets, session.TileSize);
        _marks = (byte*)NativeMemory.Alloc((nuint)((long)session.BatchSize * session.TileSize * session.TileSize));
        _scratch = (float*)NativeMemory.AlignedAlloc((nuint)(2 * (_windows.Edge + 64) * sizeof(float)), 64);
        Bytes = _input.Bytes + _output.Bytes + ((long)session.BatchSize * session.TileSize * session.TileSize);
    }

    public int Capacity => _slots.Length;

    public int Count { get; private set; }

    /// <summary>Bytes of its buffers.</summary>
    public long Bytes { get; }

    public int Add(PixelPlanes pixels, ITileRequest request)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Count == Capacity || _isAnswered)
        {
            throw new InvalidOperationException(
                _isAnswered ? "The batch was inferred; clear it first." : "The batch is full.");
        }

        if (request is not SegmentationRequest asked || asked.Plan != _session.Targets)
        {
            throw new ArgumentException("The request is another model's.", nameof(request));
        }

        if (pixels.Core.Width > _session.TileSize || pixels.Core.Height > _session.TileSize)
        {
            throw new ArgumentException(
                $"The session was opened for tiles of {_session.TileSize}, not {pixels.Core}.", nameof(pixels));
        }

        var reach = _session.ReachPixels;
        if (!pixels.Window.Contains(pixels.Core.Grow(reach)))
        {
            throw new ArgumentException($"The tile needs a halo of {reach} pixels.", nameof(pixels));
        }

        var slot = _slots[Count];
        (slot.Core, slot.Request, slot.FirstWindow) = (pixels.Core, asked, _windowCount);
        slot.Rows = _windows.Rows(pixels.Core, pixels.Covered);
        slot.Columns = _windows.Columns(pixels.Core, pixels.Covered);
        slot.HasMarks = Mark(pixels, asked.Feed.Nodata, MarksOf(Count));
        Write(pixels, slot, asked.Feed);
        return Count++;
    }

    public ImmutableArray<ModelText> Answer(int slot, TileEvidence evidence)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slot, Count);
        if (!_isAnswered)
        {
            throw new InvalidOperationException("The batch was not inferred.");
        }

        _reader.Read(_slots[slot], _output.Address, MarksOf(slot), evidence);
        return [];
    }

    public void Clear() => (Count, _windowCount, _isAnswered) = (0, 0, false);

    /// <summary>Computes all windows; on the device's thread.</summary>
    public ModelTimes Compute(TimeProvider time, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var (input, infer, output) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        for (var first = 0; first < _windowCount; first += _session.Shapes.Most)
        {
            cancellation.ThrowIfCancellationRequested();
            var windows = _session.Shapes.For(_windowCount - first);
            var started = time.GetTimestamp();
            _runs.Bring(first, windows);
            var brought = time.GetTimestamp();
            _runs.Compute(first, windows);
            var computed = time.GetTimestamp();
            _runs.Fetch(first, windows);
            input += time.GetElapsedTime(started, brought);
            infer += time.GetElapsedTime(brought, computed);
            output += time.GetElapsedTime(computed);
        }

        _isAnswered = true;
        return new(input, infer, output);
    }

    /// <summary>Windows of its tiles.</summary>
    public int WindowCount => _windowCount;

    /// <summary>What the model gave on all windows, as it came.</summary>
    public float[] Outputs()
    {
        var values = new float[_windowCount * (_outputBytes / _session.Pack.Output.Type.Bytes())];
        if (_session.Pack.Output.Type == ElementType.Float32)
        {
            new ReadOnlySpan<float>(_output.Address, values.Length).CopyTo(values);
        }
        else
        {
            TensorPrimitives.ConvertToSingle(new ReadOnlySpan<Half>(_output.Address, values.Length), values);
        }

        return values;
    }

    /// <summary>Nothing but the session's own work on what the buffers hold: what all else is measured
    /// against.</summary>
    public void RunBare()
    {
        for (var first = 0; first < _windowCount; first += _session.Shapes.Most)
        {
            _runs.Compute(first, _session.Shapes.For(_windowCount - first));
        }
    }

    /// <summary>Runs once at every shape, the largest first, on what the buffers hold.</summary>
    public void WarmUp()
    {
        foreach (var windows in _session.Shapes.FromLargest)
        {
            _runs.Bring(0, windows);
            _runs.Compute(0, windows);
            _runs.Fetch(0, windows);
        }
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _runs.Dispose();
            _input.Dispose();
            _output.Dispose();
            _reader.Dispose();
            NativeMemory.Free(_marks);
            NativeMemory.AlignedFree(_scratch);
            _session.Forget(this);
        }
    }

    private byte* MarksOf(int slot) => _marks + ((long)slot * _session.TileSize * _session.TileSize);

    private static bool Mark(PixelPlanes pixels, NodataRule nodata, byte* marks)
    {
        var any = false;
        for (var y = 0; y < pixels.Core.Height; y++)
        {
            var row = new Span<byte>(marks + ((long)y * pixels.Core.Width), pixels.Core.Width);
            if (nodata.Mark(
                pixels, pixels.Core.Row - pixels.Window.Row + y, pixels.Core.Column - pixels.Window.Column, row))
            {
                // The rows before had none, and were not written to.
                new Span<byte>(marks, any ? 0 : y * pixels.Core.Width).Clear();
                any = true;
            }
            else if (any)
            {
                row.Clear();
            }
        }

        return any;
    }

    private void Write(PixelPlanes pixels, TileSlot slot, PixelFeed feed)
    {
        for (var row = 0; row < slot.Rows.Count; row++)
        {
            for (var column = 0; column < slot.Columns.Count; column++)
            {
                var target = _input.Address + (_windowCount++ * _inputBytes);
                feed.Write(pixels, slot.Columns.Start(column), slot.Rows.Start(row), _windows.Edge, target, _scratch);
            }
        }
    }
}
