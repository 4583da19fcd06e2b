using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Reliability;
using SpexStream.Pipeline;

namespace SpexStream.Tests.Actors;

/// <summary>Works whose benches throw instead of running a tile, against their promise, some times.</summary>
internal sealed class BreakingWorks(PipelineWorks inner, int breaks) : IPipelineWorks
{
    private int _left = breaks;
    private int _opened;

    public PipelineWorks Inner => inner;

    /// <summary>Tiles that are still to break.</summary>
    public int Left => Math.Max(0, _left);

    /// <summary>Benches that were opened.</summary>
    public int Opened => _opened;

    /// <summary>A device that cannot be opened; null for none.</summary>
    public string? OpensNot { get; init; }

    public ImmutableArray<string> Devices => inner.Devices;

    public int MaxHung => inner.MaxHung;

    public int MailboxCapacity => inner.MailboxCapacity;

    public TimeProvider Time => inner.Time;

    public ISceneJournal Journal => inner.Journal;

    public CancellationToken Abandoned => inner.Abandoned;

    public int ReadyTiles => inner.ReadyTiles;

    public long MadeReady => inner.MadeReady;

    public int WaitingStrips => inner.WaitingStrips;

    public int PendingStrips => inner.PendingStrips;

    public int HungReads => inner.HungReads;

    public int StalledScenes => inner.StalledScenes;

    public string? Trouble => inner.Trouble;

    public long PixelCacheBytes => inner.PixelCacheBytes;

    public long PixelPoolBytes => inner.PixelPoolBytes;

    public StageTally TilesAtWork => inner.TilesAtWork;

    public StageTally Assemblies => inner.Assemblies;

    public ISceneEntity NewScene(SceneId scene, ISceneMailbox mailbox, SceneTenure tenure) =>
        inner.NewScene(scene, mailbox, tenure);

    public IDeviceBench OpenBench(string device, Action onGivenUp)
    {
        if (device == OpensNot)
        {
            throw new InvalidOperationException($"{device} is broken");
        }

        Interlocked.Increment(ref _opened);
        return new Bench(this, inner.OpenBench(device, onGivenUp));
    }

    public ValueTask<IDisposable> AdmitAsync(StripDelivery delivery, CancellationToken cancellation) =>
        inner.AdmitAsync(delivery, cancellation);

    public ValueTask WaitForGateAsync(CancellationToken cancellation) => inner.WaitForGateAsync(cancellation);

    public ValueTask<IDisposable> EnterAsync(CancellationToken cancellation) => inner.EnterAsync(cancellation);

    public Task AbandonAsync() => inner.AbandonAsync();

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class Bench(BreakingWorks works, IDeviceBench bench) : IDeviceBench
    {
        public string Device => bench.Device;

        public bool IsGivenUp => bench.IsGivenUp;

        public void WaitWhileResting(CancellationToken cancellation) => bench.WaitWhileResting(cancellation);

        public void Run(ITileJob job)
        {
            if (Interlocked.Decrement(ref works._left) >= 0)
            {
                throw new InvalidOperationException("the bench broke");
            }

            bench.Run(job);
        }

        public void Dispose() => bench.Dispose();
    }
}
