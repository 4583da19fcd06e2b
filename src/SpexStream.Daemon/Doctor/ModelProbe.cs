using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Devices;

namespace SpexStream.Daemon.Doctor;

/// <summary>Looks at what models need.</summary>
internal static class ModelProbe
{
    private const string Card = "/dev/nvidia0";

    /// <summary>Looks; CUDA only where there is a graphics card.</summary>
    public static IEnumerable<Finding> Examine()
    {
        var version = Version();
        yield return version;
        if (version.Level == FindingLevel.Ok && File.Exists(Card))
        {
            yield return OnnxRuntimeLibrary.WhyNot(new DeviceName(DeviceKind.Cuda, 0)) is { } reason
                ? new(FindingLevel.Warning, "cuda", reason, "models compute on the processor until then")
                : new(FindingLevel.Ok, "cuda", "can be used");
        }
    }

    private static Finding Version()
    {
        try
        {
            return new(FindingLevel.Ok, "onnxruntime", OnnxRuntimeLibrary.Version);
        }
        catch (DeviceFaultException missing)
        {
            // The spectral backend works without it.
            return new(
                FindingLevel.Warning, "onnxruntime", missing.Message, "build again; models cannot be used until then");
        }
    }
}
