using Microsoft.ML.OnnxRuntime;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Inference.Devices;

/// <summary>The native core of ONNX Runtime.</summary>
public static class OnnxRuntimeLibrary
{
    /// <summary>Version that our sources were compiled from; the core must be of the same.</summary>
    public const string Expected = "1.29.0";

    /// <summary>Why a graphics card cannot be used, in one line; null when it can. Loads the libraries to find
    /// out.</summary>
    public static string? WhyNot(DeviceName cuda)
    {
        try
        {
            using var settings = new SessionOptions();
            SessionOpening.AppendCuda(settings, cuda);
            return null;
        }
        catch (DeviceFaultException fault)
        {
            // The answer.
            return fault.Message;
        }
    }

    /// <summary>Version of the core that is really there.</summary>
    /// <exception cref="DeviceFaultException">The core cannot be loaded, or has another version.</exception>
    public static string Version
    {
        get
        {
            string found;
            try
            {
                found = OrtEnv.Instance().GetVersionString();
            }
            catch (Exception fault) when (fault is DllNotFoundException or TypeInitializationException
                or EntryPointNotFoundException or OnnxRuntimeException)
            {
                throw new DeviceFaultException(
                    DeviceName.Cpu, DeviceFaultKind.ProviderMissing,
                    $"libonnxruntime.so cannot be loaded: {fault.GetBaseException().Message}; build again", fault);
            }

            return found == Expected
                ? found
                : throw new DeviceFaultException(
                    DeviceName.Cpu, DeviceFaultKind.ProviderMissing,
                    $"libonnxruntime.so has version {found}, and {Expected} is needed; another one is found first, "
                    + "check LD_LIBRARY_PATH");
        }
    }
}
