namespace SpexStream.Domain.Ports.Models;

/// <summary>What a device computes with.</summary>
public enum DeviceKind
{
    /// <summary>The processor; several devices of this kind share its cores.</summary>
    Cpu,

    /// <summary>A graphics card with CUDA.</summary>
    Cuda,
}
