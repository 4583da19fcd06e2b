using SpexStream.Domain.Backends;
using SpexStream.Domain.Messages;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>
/// The backend of one scene from its opening to its end: what stands behind it stays as it is until the lease is
/// returned by disposing of it. Returned once, by the scene that took it, when none of its tiles is needed any more.
/// </summary>
/// <param name="backend">The backend.</param>
/// <param name="model">The model that answers, as the scene's products name it; null where the station's own name for
/// its rules says enough.</param>
/// <param name="onReturn">Told of the return, on whatever thread; must not block.</param>
public sealed class BackendLease(ITileBackend backend, ModelFacts? model = null, Action? onReturn = null) : IDisposable
{
    private Action? _onReturn = onReturn;

    /// <summary>The backend.</summary>
    public ITileBackend Backend => backend;

    /// <summary>The model that answers; null for rules.</summary>
    public ModelFacts? Model => model;

    /// <summary>Returns it; once more does nothing.</summary>
    public void Dispose() => Interlocked.Exchange(ref _onReturn, null)?.Invoke();
}
