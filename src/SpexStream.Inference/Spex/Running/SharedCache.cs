using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SpexStream.Inference.Devices;
using SpexStream.Inference.Spex.Network;
using SpexStream.Inference.Spex.Weights;

namespace SpexStream.Inference.Spex.Running;

/// <summary>The cache of a decoder with grouped attention: one buffer, allocated once, bound as past and as
/// present.</summary>
internal sealed class SharedCache : IDecoderCache
{
    private readonly DecoderShape _shape;
    private readonly CacheMemory _memory;
    private readonly int _positions;
    private readonly int _elementBytes;
    private readonly int[] _total = new int[1];
    private int[] _lengths = [];
    private Bound _bound = new();

    /// <summary>Allocates for a number of rows, each of at most so many tokens.</summary>
    public SharedCache(OpenedSession session, DecoderShape shape, int rows, int positions)
    {
        (_shape, _positions) = (shape, positions);
        _elementBytes = shape.Precision == Precision.Float16 ? 2 : 4;
        _memory = new CacheMemory(session, rows * RowBytes * shape.Sizes.Layers * 2);
    }

    /// <summary>Bytes of the buffer.</summary>
    public long Bytes => _memory.Bytes;

    private LanguageModelSizes Sizes => _shape.Sizes;

    private long RowBytes => (long)Sizes.KeyValueHeads * _positions * Sizes.HeadWidth * _elementBytes;

    public void Begin(ReadOnlySpan<int> lengths)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lengths.Length * RowBytes * Sizes.Layers * 2, _memory.Bytes);
        if (lengths.Length != _lengths.Length)
        {
            _lengths = new int[lengths.Length];
        }

        var longest = 0;
        for (var row = 0; row < lengths.Length; row++)
        {
            _lengths[row] = lengths[row] - 1;
            longest = Math.Max(longest, lengths[row]);
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(longest, _positions);
        _total[0] = longest;
        Cut(0, lengths.Length);
    }

    /// <summary>The next calls are of one row.</summary>
    public void Select(int row)
    {
        _total[0] = _lengths[row] + 1;
        Cut(row, 1);
    }

    /// <summary>The next calls are of all rows.</summary>
    public void SelectAll()
    {
        _total[0] = _lengths.Max() + 1;
        Cut(0, _lengths.Length);
    }

    public void Advance(ReadOnlySpan<bool> active)
    {
        for (var row = 0; row < active.Length; row++)
        {
            _lengths[row] += active[row] ? 1 : 0;
            _total[0] = Math.Max(_total[0], _lengths[row] + 1);
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(_total[0], _positions);
    }

    public void Bind(OrtIoBinding binding)
    {
        binding.BindInput("last_indices", _bound.LastIndices!);
        binding.BindInput("total_length", _bound.TotalLength!);
        for (var layer = 0; layer < Sizes.Layers; layer++)
        {
            var (key, value) = (_bound.Tensors[2 * layer], _bound.Tensors[(2 * layer) + 1]);
            binding.BindInput(CacheNames.PastKey(layer), key);
            binding.BindInput(CacheNames.PastValue(layer), value);
            binding.BindOutput(CacheNames.PresentKey(layer), key);
            binding.BindOutput(CacheNames.PresentValue(layer), value);
        }
    }

    public void Take(OrtIoBinding binding)
    {
        // The call wrote into the very buffer.
    }

    public float[] Snapshot(int layer, bool values)
    {
        var rows = _lengths.Length;
        var start = ((2 * layer) + (values ? 1 : 0)) * rows * RowBytes;
        var bytes = _memory.HostBytes.Slice((int)start, (int)(rows * RowBytes));
        var all = _elementBytes == 4
            ? MemoryMarshal.Cast<byte, float>(bytes).ToArray()
            : [.. MemoryMarshal.Cast<byte, Half>(bytes).ToArray().Select(half => (float)half)];
        var (line, kept) = (_positions * Sizes.HeadWidth, _total[0] * Sizes.HeadWidth);
        return [.. Enumerable.Range(0, all.Length / line).SelectMany(head => all.AsSpan(head * line, kept).ToArray())];
    }

    public void Dispose()
    {
        _bound.Dispose();
        _memory.Dispose();
    }

    // Each layer's keys, then its values, of all rows: a row of them is one piece, and so are all.
    private void Cut(int first, int count)
    {
        _bound.Dispose();
        _bound = new Bound
        {
            LastIndices = OrtValue.CreateTensorValueFromMemory(
                OrtMemoryInfo.DefaultInstance, _lengths.AsMemory(first, count), [count]),
            TotalLength = OrtValue.CreateTensorValueFromMemory(_total, [1]),
        };
        var type = _elementBytes == 2 ? TensorElementType.Float16 : TensorElementType.Float;
        for (var index = 0; index < Sizes.Layers * 2; index++)
        {
            _bound.Tensors.Add(_memory.Tensor(
                type, ((index * _lengths.Length) + first) * RowBytes, count * RowBytes,
                [count, Sizes.KeyValueHeads, _positions, Sizes.HeadWidth]));
        }
    }

    /// <summary>Tensors over the rows of the next calls.</summary>
    private sealed class Bound : IDisposable
    {
        public OrtValue? LastIndices { get; init; }

        public OrtValue? TotalLength { get; init; }

        public List<OrtValue> Tensors { get; } = [];

        public void Dispose()
        {
            Tensors.ForEach(tensor => tensor.Dispose());
            LastIndices?.Dispose();
            TotalLength?.Dispose();
        }
    }
}
