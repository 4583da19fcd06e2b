using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SpexStream.Inference.Devices;
using SpexStream.Inference.Spex.Network;
using SpexStream.Inference.Spex.Weights;

namespace SpexStream.Inference.Spex.Running;

/// <summary>The cache of a decoder in plain operators: each call gives a longer one, and the shorter one is let go.</summary>
internal sealed class GrowingCache(OpenedSession session, DecoderShape shape) : IDecoderCache
{
    private readonly List<IDisposable> _owned = [];
    private readonly OrtMemoryInfo _place = session.Provider == Domain.Ports.Models.DeviceKind.Cuda
        ? new OrtMemoryInfo(
            OrtMemoryInfo.allocatorCUDA, OrtAllocatorType.DeviceAllocator, session.Device.Number, OrtMemType.Default)
        : new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.DeviceAllocator, 0, OrtMemType.Default);

    private List<OrtValue> _past = [];

    public void Begin(ReadOnlySpan<int> lengths)
    {
        foreach (var length in lengths)
        {
            if (length != lengths[0])
            {
                throw new ArgumentException("Rows of different lengths need grouped attention.", nameof(lengths));
            }
        }

        Release();
        long[] empty = [lengths.Length, shape.Sizes.KeyValueHeads, 0, shape.Sizes.HeadWidth];
        var type = shape.Precision == Precision.Float16 ? TensorElementType.Float16 : TensorElementType.Float;
        for (var index = 0; index < shape.Sizes.Layers * 2; index++)
        {
            var tensor = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, type, empty);
            _owned.Add(tensor);
            _past.Add(tensor);
        }
    }

    public void Advance(ReadOnlySpan<bool> active)
    {
        // The lengths of the tensors tell.
    }

    public void Bind(OrtIoBinding binding)
    {
        for (var layer = 0; layer < shape.Sizes.Layers; layer++)
        {
            binding.BindInput(CacheNames.PastKey(layer), _past[2 * layer]);
            binding.BindInput(CacheNames.PastValue(layer), _past[(2 * layer) + 1]);
            binding.BindOutputToDevice(CacheNames.PresentKey(layer), _place);
            binding.BindOutputToDevice(CacheNames.PresentValue(layer), _place);
        }
    }

    public void Take(OrtIoBinding binding)
    {
        var names = binding.GetOutputNames();
        var values = binding.GetOutputValues();
        var byName = names.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => values[pair.index]);
        Release();
        _owned.Add(values);
        _past = [.. Enumerable.Range(0, shape.Sizes.Layers).SelectMany(layer => new[]
        {
            byName[CacheNames.PresentKey(layer)],
            byName[CacheNames.PresentValue(layer)],
        })];
    }

    public float[] Snapshot(int layer, bool values)
    {
        var tensor = _past[(2 * layer) + (values ? 1 : 0)];
        return shape.Precision == Precision.Float32
            ? tensor.GetTensorDataAsSpan<float>().ToArray()
            : [.. tensor.GetTensorDataAsSpan<Float16>().ToArray().Select(half => half.ToFloat())];
    }

    public void Dispose()
    {
        Release();
        _place.Dispose();
    }

    private void Release()
    {
        _owned.ForEach(owned => owned.Dispose());
        _owned.Clear();
        _past.Clear();
    }
}
