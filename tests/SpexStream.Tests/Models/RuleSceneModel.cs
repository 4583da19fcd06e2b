using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Models;
using SpexStream.Tests.Devices;

namespace SpexStream.Tests.Models;

/// <summary>A version of a model that answers as the rules do, and counts its sessions.</summary>
internal sealed class RuleSceneModel(string version, ProcessingOptions options) : ISceneModel
{
    public RuleModel Rules { get; } = new();

    public ITileModel Model => Rules;

    public ModelFacts Facts { get; } = new("rules", version, new string('a', 64));

    public IReadOnlyList<IModelSession> Sessions => [];

    public bool IsDisposed { get; private set; }

    /// <summary>Thrown where a backend is asked for.</summary>
    public ArgumentException? Unusable { get; init; }

    public ITileBackend Create(SceneImagery imagery) =>
        Unusable is null ? new RuleBackends(Rules, options).Create(imagery) : throw Unusable;

    public void CheckFiles()
    {
    }

    public void Dispose() => IsDisposed = true;
}
