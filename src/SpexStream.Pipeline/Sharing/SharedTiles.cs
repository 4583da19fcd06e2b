using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Reliability;

namespace SpexStream.Pipeline.Sharing;

/// <summary>The tiles that a node gives to others and takes from them, whichever runtime has its scenes.</summary>
public sealed class SharedTiles : IDisposable
{
    private readonly TileDesk _desk;
    private readonly CancellationTokenSource _stop = new();
    private Task _helping = Task.CompletedTask;

    /// <summary>Shares nothing yet.</summary>
    /// <param name="sharing">Where tiles are offered.</param>
    /// <param name="terms">How long a claim holds.</param>
    /// <param name="others">Other nodes that are there; asked from any thread.</param>
    /// <param name="options">Bounds of the runtime.</param>
    /// <param name="ports">What it works with.</param>
    public SharedTiles(
        TileSharingPorts sharing, LeaseTerms terms, Func<int> others, LocalRuntimeOptions options,
        LocalRuntimePorts ports) => _desk = TileDesk.Of(sharing, terms, others, options, ports);

    /// <summary>Ports under which scenes offer their tiles to others.</summary>
    public LocalRuntimePorts AddTo(LocalRuntimePorts ports) => ports with { Sharing = _desk };

    /// <summary>Fetches tiles for this node's devices until cancelled, those of other nodes until stopped;
    /// once.</summary>
    /// <param name="works">Opens their strips; to be disposed of after <see cref="StopAsync"/>.</param>
    /// <param name="tiles">This node's devices.</param>
    /// <param name="cancellation">Ends it; what is not done is given back.</param>
    public async Task HelpAsync(PipelineWorks works, ITileDispatcher tiles, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stop.Token);
        var helper = new TileHelper(_desk, works.TileBench, tiles, stop.Token);
        var (keeping, tidying) = (helper.RunAsync(), works.TileBench.TidyAsync(_desk.Terms.Term, stop.Token));
        _helping = Task.WhenAll(keeping, tidying);
        await Together.RunAsync(
            cancellation, all => EndsWithAsync(keeping, all), all => EndsWithAsync(tidying, all),
            new DeviceSupply(_desk, helper).RunAsync);

        async Task EndsWithAsync(Task help, CancellationToken all)
        {
            await using var ending = all.UnsafeRegister(_ => stop.Cancel(), null);
            await help;
        }
    }

    /// <summary>Helps no more, and waits until what was claimed is given back.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _helping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>After <see cref="StopAsync"/>.</summary>
    public void Dispose() => _stop.Dispose();
}
