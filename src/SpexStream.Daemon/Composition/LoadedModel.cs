using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.Inference;
using SpexStream.Inference.Packs;
using SpexStream.Messaging.Ingest;
using SpexStream.Pipeline.Models;

namespace SpexStream.Daemon.Composition;

/// <summary>A pack that was chosen as the backend, opened on its devices. Disposed after the runtime.</summary>
internal sealed class LoadedModel : ISceneModel
{
    private readonly ILoadedPack _pack;
    private readonly ProcessingOptions _options;
    private readonly SpectralBackends _spectral;
    private readonly string? _instruction;

    private LoadedModel(ILoadedPack pack, string folder, ProcessingOptions options, string? instruction)
    {
        (_pack, _options, _spectral, _instruction) = (pack, options, new SpectralBackends(options), instruction);
        Sessions = pack.OpenAhead();
        Facts = new ModelFacts(
            pack.Identity.Name, pack.Identity.Version, pack.Identity.Sha256,
            new Uri(Path.GetFullPath(Path.Combine(folder, PackFiles.DescriptionName))).AbsoluteUri)
        {
            IsUntrained = pack.Identity.IsUntrained,
        };
    }

    /// <inheritdoc/>
    public ModelFacts Facts { get; }

    /// <inheritdoc/>
    public ITileModel Model => _pack;

    /// <inheritdoc/>
    public IReadOnlyList<IModelSession> Sessions { get; }

    /// <summary>Loads the pack that a setting names; null for the spectral backend.</summary>
    /// <exception cref="ModelRefusedException">The pack cannot be used.</exception>
    /// <exception cref="DeviceFaultException">A device is not there.</exception>
    public static LoadedModel? Open(
        string backend, ImmutableArray<string> devices, ModelLimits limits, ProcessingOptions options,
        TimeProvider time,
        string? instruction = null)
    {
        if (backend == BackendName.Spectral)
        {
            return null;
        }

        // What a link leads to now: it may lead elsewhere before all is read.
        var folder = RealPath.Of(backend);
        var pack = PackLoader.Load(
            folder,
            [
                .. devices.Select(device => limits.Session(DeviceName.Parse(device), options.TileSize)),
            ],
            time);
        try
        {
            if (instruction is not null && pack.FaultOf(instruction) is { } fault)
            {
                throw new ModelRefusedException(backend, [$"the instruction cannot be asked: {fault}"]);
            }

            return new LoadedModel(pack, folder, options, instruction);
        }
        catch
        {
            // The pack is ours until somebody has it.
            pack.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ITileBackend Create(SceneImagery imagery) => Create(imagery, _instruction);

    /// <inheritdoc/>
    public ITileBackend Create(SceneSpec scene) => Create(scene.Imagery, scene.Instruction ?? _instruction);

    /// <inheritdoc/>
    public BackendLease Lease(SceneSpec scene) => new(Create(scene), Facts);

    private ILearnedBackend Create(SceneImagery imagery, string? instruction) =>
        _pack.BackendFor(imagery, new LearnedOptions
        {
            Classes = _options.Classes,
            Fallback = Rules(imagery),
            TileSize = _options.TileSize,
            Instruction = instruction,
        });

    /// <inheritdoc/>
    public void CheckFiles() => _pack.CheckFiles();

    /// <inheritdoc/>
    public void Dispose() => _pack.Dispose();

    private ITileBackend? Rules(SceneImagery imagery)
    {
        try
        {
            return _spectral.Create(imagery);
        }
        catch (ArgumentException)
        {
            // The model may do with bands that the rules cannot use.
            return null;
        }
    }
}
