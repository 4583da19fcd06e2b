namespace SpexStream.Domain.Ports.Models;

/// <summary>
/// A model whose files were checked, ready to be opened on devices. Whoever loaded it owns it and disposes it after its last
/// session. Safe for use from several threads.
/// </summary>
public interface ITileModel : IDisposable
{
    /// <summary>Which model it is.</summary>
    ModelIdentity Identity { get; }

    /// <summary>Pixels around a pixel that may change its answer, with every blend; the halo must not be smaller.</summary>
    int ReachPixels { get; }

    /// <summary>
    /// Loads the weights onto a device, allocates what a session keeps, and runs once at every batch shape, the largest first,
    /// so that no later inference is slower than the others. Takes seconds. May run on a thread of its own while the
    /// device still works with another session; what it gives belongs to the device's thread from then on.
    /// </summary>
    /// <exception cref="DeviceFaultException">The device is not there, lacks software or memory.</exception>
    /// <exception cref="ModelRefusedException">The graph and its description contradict each other, which shows only
    /// here.</exception>
    IModelSession Open(ModelSessionOptions options);
}
