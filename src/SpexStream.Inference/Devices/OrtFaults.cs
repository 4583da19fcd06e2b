using Microsoft.ML.OnnxRuntime;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Inference.Devices;

/// <summary>Turns what ONNX Runtime throws into faults of a device; the one place that knows its words.</summary>
internal static class OrtFaults
{
    // CUDA, the arena of ONNX Runtime, and the C library each have words of their own.
    private static readonly string[] MemoryWords =
        ["out of memory", "out_of_memory", "failed to allocate", "bad_alloc", "allocaterawinternal",
            "available memory of"];

    private const string ErrorMark = "[ONNXRuntimeError] : ";

    /// <summary>A fault while a device computes or is opened.</summary>
    public static DeviceFaultException Translate(DeviceName device, OnnxRuntimeException fault)
    {
        var detail = Plain(fault);
        var isMemory = MemoryWords.Any(words => detail.Contains(words, StringComparison.OrdinalIgnoreCase));
        return new(device, isMemory ? DeviceFaultKind.OutOfMemory : DeviceFaultKind.Failed, detail, fault);
    }

    /// <summary>Why CUDA cannot be had, with the library that is missing where one is.</summary>
    public static DeviceFaultException NoCuda(DeviceName device, Exception fault)
    {
        var detail = Plain(fault);
        var missing = MissingLibrary(detail);
        var remedy = missing switch
        {
            null => "run with --device-fallback cpu, or see docs/models.md",
            _ when missing.Contains("onnxruntime_providers", StringComparison.Ordinal) =>
                "the CUDA provider is not installed: eng/bootstrap.sh SpexCuda=on, then build again",
            _ => "install CUDA 13 and cuDNN 9, or name their folder in LD_LIBRARY_PATH",
        };
        var what = missing is null ? detail : $"CUDA cannot be used, {missing} is missing ({detail})";
        return new(device, DeviceFaultKind.ProviderMissing, $"{what}; {remedy}", fault);
    }

    /// <summary>The words without what stands before them for developers.</summary>
    public static string Plain(Exception fault)
    {
        var text = fault.Message.ReplaceLineEndings(" ").Trim();
        var end = text.StartsWith("[ErrorCode:", StringComparison.Ordinal)
            ? text.IndexOf(']', StringComparison.Ordinal)
            : -1;
        text = text[(end + 1)..].Trim();
        // Faults of libraries begin with the place in their source: "... [ONNXRuntimeError] : 1 : FAIL : what went
        // wrong".
        var words = text.IndexOf(ErrorMark, StringComparison.Ordinal) is >= 0 and var mark
            ? text[(mark + ErrorMark.Length)..].Split(" : ", 3)
            : [text];
        return words[^1].Trim();
    }

    // The loader names it first: "libcublasLt.so.13: cannot open shared object file"; else it is the provider itself.
    private static string? MissingLibrary(string detail)
    {
        var end = detail.IndexOf(": cannot open shared object", StringComparison.Ordinal);
        if (end < 0)
        {
            return detail.Contains("CUDA execution provider is not enabled", StringComparison.Ordinal)
                ? "libonnxruntime_providers_cuda.so"
                : null;
        }

        var start = detail.LastIndexOfAny([' ', '/', ':'], end - 1) + 1;
        return detail[start..end];
    }
}
