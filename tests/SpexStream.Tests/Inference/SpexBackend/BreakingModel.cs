using System.Collections.Immutable;
using SpexStream.Daemon.Composition;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Tests.Inference.SpexBackend;

/// <summary>A model as it is, but for a device that breaks from one of its batches on.</summary>
internal sealed class BreakingModel(ITileModel model, ProcessingOptions options) : ITileModel, IBackendFactory
{
    private int _batches;

    /// <summary>The device; null for none.</summary>
    public DeviceName? Broken { get; init; }

    /// <summary>Batches that it computes before.</summary>
    public int Good { get; init; }

    public ModelIdentity Identity => model.Identity;

    public int ReachPixels => model.ReachPixels;

    public IModelSession Open(ModelSessionOptions session) => new Session(this, model.Open(session));

    public ILearnedBackend BackendFor(SceneImagery imagery, LearnedOptions wanted) =>
        new Backend(this, model.BackendFor(imagery, wanted));

    public ITileBackend Create(SceneImagery imagery) => Create(imagery, null);

    public ITileBackend Create(SceneSpec scene) => Create(scene.Imagery, scene.Instruction);

    public void Dispose() => model.Dispose();

    private ILearnedBackend Create(SceneImagery imagery, string? instruction) => BackendFor(imagery, new LearnedOptions
    {
        Classes = options.Classes,
        Fallback = new SpectralBackends(options).Create(imagery),
        TileSize = options.TileSize,
        Instruction = instruction,
    });

    private sealed class Session(BreakingModel breaking, IModelSession session) : IModelSession
    {
        public DeviceName Device => session.Device;

        public string Provider => session.Provider;

        public string? FallbackReason => session.FallbackReason;

        public int BatchSize => session.BatchSize;

        public long MemoryBytes => session.MemoryBytes;

        public IModelBatch NewBatch() => session.NewBatch();

        public ModelTimes Infer(IModelBatch batch, CancellationToken cancellation = default) =>
            Device == breaking.Broken && Interlocked.Increment(ref breaking._batches) > breaking.Good
                ? throw new DeviceFaultException(Device, DeviceFaultKind.Failed, "told to break")
                : session.Infer(batch, cancellation);

        public void Dispose() => session.Dispose();
    }

    // Asks in the name of this model, so that its sessions are used.
    private sealed class Backend(BreakingModel breaking, ILearnedBackend backend) : ILearnedBackend
    {
        public ITileModel Model => breaking;

        public ITileBackend? Fallback => backend.Fallback;

        public bool Speaks => backend.Speaks;

        public string Name => backend.Name;

        public string Version => backend.Version;

        public int ReachPixels => backend.ReachPixels;

        public int PassCount => backend.PassCount;

        public ImmutableArray<IndexKind> Indices => backend.Indices;

        public ISceneFindings InitialFindings => backend.InitialFindings;

        public ISceneSurvey NewSurvey(int pass, ISceneFindings findings) => backend.NewSurvey(pass, findings);

        public ISceneFindings Conclude(ISceneFindings findings, ISceneSurvey survey) =>
            backend.Conclude(findings, survey);

        public ITileRequest? Ask(PixelPlanes pixels, ISceneFindings findings, TileEvidence evidence) =>
            backend.Ask(pixels, findings, evidence);

        public void Classify(PixelPlanes pixels, ISceneFindings findings, TileEvidence evidence) =>
            backend.Classify(pixels, findings, evidence);
    }
}
