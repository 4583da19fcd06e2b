using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Scenes;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>Makes the backend of a scene.</summary>
public interface IBackendFactory
{
    /// <summary>The backend for a scene's imagery.</summary>
    /// <exception cref="ArgumentException">The bands do not suffice; the message names what is missing.</exception>
    ITileBackend Create(SceneImagery imagery);

    /// <summary>The backend for a scene, with what its announcement asks for.</summary>
    /// <exception cref="ArgumentException">As above, or what is asked for cannot be had.</exception>
    ITileBackend Create(SceneSpec scene) => Create(scene.Imagery);

    /// <summary>The same, kept as it is until the lease is returned.</summary>
    /// <exception cref="ArgumentException">As above; nothing is leased then.</exception>
    BackendLease Lease(SceneSpec scene) => new(Create(scene));
}
