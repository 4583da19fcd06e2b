using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Ports.Journal;

/// <summary>What the owner of a scene can take back of it from the board.</summary>
/// <param name="Scene">The scene.</param>
/// <param name="Epoch">Under which its tiles were offered; what others offered stays.</param>
/// <param name="Tiles">At most so many, at least 1.</param>
public readonly record struct SceneRoom(SceneId Scene, long Epoch, int Tiles);
