using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;

namespace SpexStream.Tests.Alerts;

/// <summary>Opens rasters, but for as long as a gate is shut.</summary>
internal sealed class HangingStore(IRasterStore store) : IRasterStore
{
    /// <summary>What opening waits for; null for nothing.</summary>
    public ManualResetEventSlim? Gate { get; set; }

    /// <summary>Done when somebody waits.</summary>
    public TaskCompletionSource Waits { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RasterInfo Describe(string path) => store.Describe(path);

    public IRasterReader Open(string path)
    {
        if (Gate is { } gate)
        {
            Waits.TrySetResult();
            gate.Wait();
        }

        return store.Open(path);
    }
}
