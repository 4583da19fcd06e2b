using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.Domain.Spectral;

namespace SpexStream.Daemon.Composition;

/// <summary>Makes the spectral backend of a scene; asks it only for the planes that some product needs.</summary>
internal sealed class SpectralBackends(ProcessingOptions options) : IBackendFactory
{
    public ITileBackend Create(SceneImagery imagery) => new SpectralBackend(
        imagery, new SpectralOptions { Classes = options.Classes, Outputs = Outputs(options.Products) });

    private static SpectralOutputs Outputs(ProductKinds products) =>
        SpectralOutputs.Confidence | SpectralOutputs.Indices
        | (products.HasFlag(ProductKinds.Diagnostics) ? SpectralOutputs.Diagnostics : SpectralOutputs.None);
}
