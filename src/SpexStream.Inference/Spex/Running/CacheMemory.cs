using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Devices;

namespace SpexStream.Inference.Spex.Running;

/// <summary>One run of memory on a session's own device, never moved.</summary>
internal sealed unsafe class CacheMemory : IDisposable
{
    private readonly OrtMemoryInfo? _info;
    private readonly OrtAllocator? _allocator;
    private readonly OrtMemoryAllocation? _allocation;
    private readonly nint _address;

    /// <summary>Allocates.</summary>
    /// <exception cref="DeviceFaultException">There is no memory.</exception>
    public CacheMemory(OpenedSession session, long bytes)
    {
        Bytes = bytes;
        try
        {
            if (session.Provider == DeviceKind.Cuda)
            {
                _info = new OrtMemoryInfo(
                    OrtMemoryInfo.allocatorCUDA, OrtAllocatorType.DeviceAllocator, session.Device.Number,
                        OrtMemType.Default);
                _allocator = new OrtAllocator(session.Session, _info);
                _allocation = _allocator.Allocate(checked((uint)bytes));
                _address = _allocation.DangerousGetHandle();
            }
            else
            {
                _address = (nint)NativeMemory.AlignedAlloc((nuint)bytes, 64);
                // Rows behind the valid ones are read and weighted with zero; NaN would survive that.
                NativeMemory.Clear((void*)_address, (nuint)bytes);
            }
        }
        catch (Exception fault) when (fault is OnnxRuntimeException or OutOfMemoryException or OverflowException)
        {
            Dispose();
            throw new DeviceFaultException(
                session.Device, DeviceFaultKind.OutOfMemory, $"a cache of {bytes} bytes cannot be had: {fault.Message}",
                    fault);
        }
    }

    public long Bytes { get; }

    /// <summary>The memory, where the processor can read it.</summary>
    public ReadOnlySpan<byte> HostBytes => _info is null
        ? new ReadOnlySpan<byte>((void*)_address, checked((int)Bytes))
        : throw new NotSupportedException("The cache lies on a graphics card.");

    /// <summary>A tensor over a part; it must not outlive the memory.</summary>
    public OrtValue Tensor(
        Microsoft.ML.OnnxRuntime.Tensors.TensorElementType type, long offset, long bytes, long[] shape) =>
        OrtValue.CreateTensorValueWithData(
            _info ?? OrtMemoryInfo.DefaultInstance, type, shape, (nint)((byte*)_address + offset), bytes);

    public void Dispose()
    {
        if (_info is null && _address != 0)
        {
            NativeMemory.AlignedFree((void*)_address);
        }

        _allocation?.Dispose();
        _allocator?.Dispose();
        _info?.Dispose();
    }
}
