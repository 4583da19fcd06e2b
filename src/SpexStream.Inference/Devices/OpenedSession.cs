using Microsoft.ML.OnnxRuntime;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Inference.Devices;

/// <summary>A graph on a device. Belongs to one thread.</summary>
internal sealed record OpenedSession(
    InferenceSession Session, DeviceName Device, DeviceKind Provider, string? FallbackReason) : IDisposable
{
    public void Dispose() => Session.Dispose();
}
