using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Models;

/// <summary>A version of a model as scenes use it. Safe for use from several threads; disposed after its last session
/// and its last scene.</summary>
public interface ISceneModel : IBackendFactory, IDisposable
{
    /// <summary>The model on its way to the devices.</summary>
    ITileModel Model { get; }

    /// <summary>How products and events name it.</summary>
    ModelFacts Facts { get; }

    /// <summary>The sessions that it was opened with, one on each device: to be looked at.</summary>
    IReadOnlyList<IModelSession> Sessions { get; }

    /// <summary>Looks whether its files are still those that were read.</summary>
    /// <exception cref="ModelRefusedException">They are not: what computes is not what the digest says.</exception>
    void CheckFiles();
}
