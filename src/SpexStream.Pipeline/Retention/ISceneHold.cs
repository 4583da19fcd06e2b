using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Retention;

/// <summary>The right to a scene for a short while, so that no other node works on it; given back by
/// disposing.</summary>
public interface ISceneHold : IAsyncDisposable
{
    /// <summary>Writes under that right.</summary>
    ISceneWriter Writer { get; }
}
