using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Sharing;

/// <summary>The tiles that a node gives to others and takes from them, whichever runtime has its scenes.</summary>
public sealed class SharedTiles : IDisposable
{
    private readonly TileDesk _desk;
    private readonly CancellationTokenSource _stop = new();
    private TileBench? _bench;
    private Task _helping = Task.CompletedTask;

    /// <summary>Shares nothing yet.</summary>
    /// <param name="sharing">Where tiles are offered.</param>
    /// <param name="terms">How long a claim holds.</param>
    /// <param name="others">Other nodes that are there; asked from any thread.</param>
    /// <param name="options">Bounds of the runtime.</param>
    /// <param name="ports">What it works with.</param>
    public SharedTiles(
        TileSharingPorts sharing, LeaseTerms terms, Func<int> others, LocalRuntimeOptions options,
        LocalRuntimePorts ports)
    {
        _desk = new TileDesk(sharing, terms, ports.Meter, ports.Time)
        {
            Devices = options.Devices.Length,
            Batch = options.Models?.BatchSize ?? 1,
            Others = others,
        };
    }

    /// <summary>Ports under which scenes offer their tiles to others.</summary>
    public LocalRuntimePorts AddTo(LocalRuntimePorts ports) => ports with { Sharing = _desk };

    /// <summary>Works on tiles of other nodes' scenes until cancelled or stopped; once.</summary>
    /// <param name="works">Opens their strips.</param>
    /// <param name="tiles">This node's devices.</param>
    /// <param name="cancellation">Ends it; what is not done is given back.</param>
    public async Task HelpAsync(PipelineWorks works, ITileDispatcher tiles, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stop.Token);
        _bench = works.NewTileBench();
        await (_helping = new TileHelper(_desk, _bench, tiles).RunAsync(stop.Token));
    }

    /// <summary>Helps no more, and waits until what was claimed is given back.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _helping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Forgets the scenes of others; after <see cref="StopAsync"/>.</summary>
    public void Dispose()
    {
        _bench?.Dispose();
        _stop.Dispose();
    }
}
