using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Packs;

namespace SpexStream.Inference.Segmentation;

/// <summary>A segmentation pack, ready to be opened on devices.</summary>
internal sealed class SegmentationModel : ILoadedPack
{
    private readonly TargetPlan _targets;
    private readonly ThreadSessions _sessions;
    private readonly TimeProvider _time;

    public SegmentationModel(PackFiles files, ImmutableArray<ModelSessionOptions> direct, TimeProvider time)
    {
        (Files, _time) = (files, time);
        _targets = new TargetPlan(files.Description.Output);
        _sessions = new ThreadSessions(this, direct);
    }

    /// <summary>The pack.</summary>
    public PackFiles Files { get; }

    public ModelIdentity Identity => Files.Identity;

    public int ReachPixels => WindowPlan.Reach(Files.Description.Tiling);

    public IModelSession Open(ModelSessionOptions options)
    {
        if (_sessions.TakeAhead(options) is { } ahead)
        {
            return ahead;
        }

        Files.Seal.Check(withDescription: false);
        return new SegmentationSession(Files, _targets, options, _time);
    }

    public IReadOnlyList<IModelSession> OpenAhead() => _sessions.OpenAhead();

    public void CheckFiles() => Files.Seal.Check(withDescription: true);

    public ILearnedBackend BackendFor(SceneImagery imagery, LearnedOptions options) =>
        new SegmentationBackend(this, _targets, imagery, options, _sessions);

    public void Dispose() => _sessions.Dispose();
}
