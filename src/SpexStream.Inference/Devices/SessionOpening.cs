using Microsoft.ML.OnnxRuntime;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Inference.Devices;

/// <summary>Opens graphs on devices.</summary>
internal static class SessionOpening
{
    /// <summary>Loads a graph and its weights. Weights in files of their own are found beside it.</summary>
    /// <exception cref="DeviceFaultException">The device is not there, or lacks software or memory.</exception>
    /// <exception cref="ModelRefusedException">The runtime does not take the graph.</exception>
    public static OpenedSession Open(string graph, ModelSessionOptions options) =>
        Open(graph, settings => new InferenceSession(graph, settings), options);

    /// <summary>Loads a graph that holds its weights itself.</summary>
    /// <exception cref="DeviceFaultException">The device is not there, or lacks software or memory.</exception>
    /// <exception cref="ModelRefusedException">The runtime does not take the graph.</exception>
    public static OpenedSession Open(byte[] graph, ModelSessionOptions options) =>
        Open("a graph in memory", settings => new InferenceSession(graph, settings), options);

    private static OpenedSession Open(
        string graph, Func<SessionOptions, InferenceSession> load, ModelSessionOptions options)
    {
        _ = OnnxRuntimeLibrary.Version;
        if (options.Device.Kind == DeviceKind.Cpu)
        {
            return OnCpu(graph, load, options, null);
        }

        try
        {
            return OnCuda(graph, load, options);
        }
        catch (DeviceFaultException missing) when (
            missing.Kind == DeviceFaultKind.ProviderMissing && options.FallsBackToCpu)
        {
            // The fall-back was asked for; the session carries the reason to whoever logs it.
            return OnCpu(graph, load, options, missing.Message);
        }
    }

    private static OpenedSession OnCpu(
        string graph, Func<SessionOptions, InferenceSession> load, ModelSessionOptions options, string? reason)
    {
        using var settings = Settings(options);
        return new(Load(graph, load, settings, options.Device), options.Device, DeviceKind.Cpu, reason);
    }

    // What the list of available providers says means nothing: only appending loads the libraries (ADR 18).
    private static OpenedSession OnCuda(
        string graph, Func<SessionOptions, InferenceSession> load, ModelSessionOptions options)
    {
        using var settings = Settings(options);
        AppendCuda(settings, options.Device);
        return new(Load(graph, load, settings, options.Device), options.Device, DeviceKind.Cuda, null);
    }

    /// <summary>Asks for a graphics card; this is what loads the libraries.</summary>
    /// <exception cref="DeviceFaultException">It cannot be had.</exception>
    public static void AppendCuda(SessionOptions settings, DeviceName device)
    {
        try
        {
            using var cuda = new OrtCUDAProviderOptions();
            cuda.UpdateOptions(new()
            {
                ["device_id"] = $"{device.Number}",
                ["cudnn_conv_algo_search"] = "HEURISTIC",
                ["arena_extend_strategy"] = "kSameAsRequested",
                ["do_copy_in_default_stream"] = "1",
            });
            settings.AppendExecutionProvider_CUDA(cuda);
        }
        catch (OnnxRuntimeException fault)
        {
            throw OrtFaults.NoCuda(device, fault);
        }
    }

    private static SessionOptions Settings(ModelSessionOptions options)
    {
        var settings = new SessionOptions
        {
            IntraOpNumThreads = options.Device.Kind == DeviceKind.Cuda ? 1 : options.Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        // Idle threads that spin take the cores of the threads that read and decode.
        settings.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return settings;
    }

    private static InferenceSession Load(
        string graph, Func<SessionOptions, InferenceSession> load, SessionOptions settings, DeviceName device)
    {
        try
        {
            return load(settings);
        }
        catch (OnnxRuntimeException fault)
        {
            var translated = OrtFaults.Translate(device, fault);
            if (translated.Kind == DeviceFaultKind.OutOfMemory || device.Kind == DeviceKind.Cuda)
            {
                throw translated;
            }

            throw new ModelRefusedException(graph, [$"ONNX Runtime does not take it: {OrtFaults.Plain(fault)}"], fault);
        }
    }
}
