using System.Threading.Channels;
using SpexStream.Daemon.Composition;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline;
using SpexStream.Pipeline.Models;
using SpexStream.Tests.Pipeline;
using SpexStream.Tests.Support;

namespace SpexStream.Tests.Models;

/// <summary>A runtime on two devices whose model is what a link leads to.</summary>
internal sealed class SwapBench : IAsyncDisposable
{
    private static readonly ModelLimits Limits = new() { BatchSize = 2 };
    private readonly TemporaryFolder _folder = new();
    private readonly Workbench _bench;
    private readonly Channel<ModelFacts> _closed = Channel.CreateUnbounded<ModelFacts>();

    private SwapBench(
        string pack, ProcessingOptions options, Action? afterReading, ISceneJournal? journal,
        Func<LocalRuntimeOptions, LocalRuntimeOptions>? change)
    {
        Offer(pack);
        var stamp = PackStamp.Of(Link);
        Models = new ModelSwitch(Load(), stamp, new ModelSwitchTools
        {
            Stamp = () => PackStamp.Of(Link),
            Load = () =>
            {
                var model = Load();
                afterReading?.Invoke();
                return model;
            },
            Time = TimeProvider.System,
            OnTakenOver = model => TakenOver.Add(model.Facts),
            OnRefused = Refused.Add,
            OnClosed = model => _closed.Writer.TryWrite(model),
            OnWaiting = () => Waits++,
        });
        _bench = new Workbench(
            RuntimeKind.Local, options, change: runtime => (change ?? (same => same))(runtime with { Models = Limits }),
            backends: Models,
            journal: journal, begins: false);

        ISceneModel Load() =>
            LoadedModel.Open(Link, ["cpu:0", "cpu:1"], Limits, options, TimeProvider.System)!;
    }

    public ModelSwitch Models { get; }

    public List<ModelFacts> TakenOver { get; } = [];

    public List<Exception> Refused { get; } = [];

    public int Waits { get; private set; }

    public IPipelineRuntime Runtime => _bench.Runtime;

    /// <summary>Bytes that the sessions of both devices hold.</summary>
    public long MemoryBytes => _bench.Models!.States.Sum(state => state.MemoryBytes);

    private string Link => _folder["current"];

    public static async Task<SwapBench> StartAsync(
        string pack, ProcessingOptions options, Action? afterReading = null, ISceneJournal? journal = null,
        Func<LocalRuntimeOptions, LocalRuntimeOptions>? change = null)
    {
        var bench = new SwapBench(pack, options, afterReading, journal, change);
        await bench.Models.PrepareAsync(bench._bench.Models!);
        await bench.Runtime.RecoverAsync(CancellationToken.None);
        return bench;
    }

    /// <summary>Lets the link lead to another pack.</summary>
    public void Offer(string pack)
    {
        File.Delete(Link);
        Directory.CreateSymbolicLink(Link, pack);
    }

    /// <summary>Looks as often as a new version needs.</summary>
    public async Task LookAsync()
    {
        await Models.LookAsync();
        await Models.LookAsync();
    }

    public async Task DeliverAsync(StripFiles files, string scene, params int[] strips)
    {
        foreach (var strip in strips)
        {
            await Runtime.DeliverAsync(
                files.Delivery(MadeImagery.SixBands, 3, strip, scene), CancellationToken.None);
        }
    }

    /// <summary>The next model that is gone with its sessions, in their order.</summary>
    public Task<ModelFacts> GoneAsync() =>
        _closed.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    public Task<SceneOutcome> ClosedAsync(string scene) => _bench.Events.ClosedAsync(scene);

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        await Models.Closing;
        Models.Serving.Dispose();
        _folder.Dispose();
    }
}
