using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.IntegrationTests.Sharing;

/// <summary>The backends of a node, with something done before each tile is classified, and their leases
/// counted.</summary>
internal sealed class WatchedBackends(IBackendFactory backends, Action onClassify) : IBackendFactory
{
    private int _leased;

    /// <summary>Leases that are not returned.</summary>
    public int Leased => Volatile.Read(ref _leased);

    public BackendLease Lease(SceneSpec scene)
    {
        var lease = new BackendLease(Create(scene.Imagery), onReturn: () => Interlocked.Decrement(ref _leased));
        Interlocked.Increment(ref _leased);
        return lease;
    }

    public ITileBackend Create(SceneImagery imagery) => new Watched(backends.Create(imagery), onClassify);

    private sealed class Watched(ITileBackend backend, Action onClassify) : ITileBackend
    {
        public string Name => backend.Name;

        public string Version => backend.Version;

        public int ReachPixels => backend.ReachPixels;

        public int PassCount => backend.PassCount;

        public ImmutableArray<IndexKind> Indices => backend.Indices;

        public ISceneFindings InitialFindings => backend.InitialFindings;

        public bool RequiresSeed(LandCoverClass value) => backend.RequiresSeed(value);

        public ISceneSurvey NewSurvey(int pass, ISceneFindings findings) => backend.NewSurvey(pass, findings);

        public ISceneFindings Conclude(ISceneFindings findings, ISceneSurvey survey) =>
            backend.Conclude(findings, survey);

        public void Classify(PixelPlanes pixels, ISceneFindings findings, TileEvidence evidence)
        {
            onClassify();
            backend.Classify(pixels, findings, evidence);
        }
    }
}
