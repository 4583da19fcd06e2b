using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Inference.Devices;

/// <summary>
/// Memory of the host that a session reads from or writes to, 64-byte aligned, zeroed; pinned where a graphics card
/// copies
/// it. Never moved. Owned by one batch.
/// </summary>
internal sealed unsafe class HostBuffer : IDisposable
{
    // A vector loop may read behind the last element.
    private const int Padding = 256;

    private readonly OrtMemoryInfo? _pinnedInfo;
    private readonly OrtAllocator? _pinnedAllocator;
    private readonly OrtMemoryAllocation? _pinned;
    private byte* _address;

    /// <summary>Allocates.</summary>
    /// <exception cref="DeviceFaultException">There is no memory.</exception>
    public HostBuffer(OpenedSession session, long bytes)
    {
        Bytes = bytes;
        try
        {
            if (session.Provider == DeviceKind.Cuda)
            {
                _pinnedInfo = new OrtMemoryInfo(
                    OrtMemoryInfo.allocatorCUDA_PINNED, OrtAllocatorType.DeviceAllocator, session.Device.Number,
                        OrtMemType.CpuOutput);
                _pinnedAllocator = new OrtAllocator(session.Session, _pinnedInfo);
                _pinned = _pinnedAllocator.Allocate(checked((uint)(bytes + Padding)));
                _address = (byte*)_pinned.DangerousGetHandle();
            }
            else
            {
                _address = (byte*)NativeMemory.AlignedAlloc((nuint)(bytes + Padding), 64);
            }
        }
        catch (Exception fault) when (fault is OnnxRuntimeException or OutOfMemoryException or OverflowException)
        {
            Dispose();
            throw new DeviceFaultException(
                session.Device, DeviceFaultKind.OutOfMemory,
                    $"a buffer of {bytes} bytes cannot be had: {fault.Message}", fault);
        }

        NativeMemory.Clear(_address, (nuint)(bytes + Padding));
    }

    public long Bytes { get; }

    public byte* Address => _address;

    /// <summary>A tensor over a part of the memory; it must not outlive the buffer.</summary>
    public OrtValue Tensor(TensorElementType type, long offset, long bytes, long[] shape) =>
        OrtValue.CreateTensorValueWithData(
        _pinnedInfo ?? OrtMemoryInfo.DefaultInstance, type, shape, (nint)(_address + offset), bytes);

    public void Dispose()
    {
        if (_pinnedInfo is null && _address is not null)
        {
            NativeMemory.AlignedFree(_address);
        }

        _pinned?.Dispose();
        _pinnedAllocator?.Dispose();
        _pinnedInfo?.Dispose();
        _address = null;
    }
}
