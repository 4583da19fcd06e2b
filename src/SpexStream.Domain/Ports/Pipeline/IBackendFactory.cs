using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>Makes the backend of a scene.</summary>
public interface IBackendFactory
{
    /// <summary>The backend for a scene's imagery.</summary>
    /// <exception cref="ArgumentException">The bands do not suffice; the message names what is missing.</exception>
    ITileBackend Create(SceneImagery imagery);
}
