using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;

namespace SpexStream.Domain.Ports.Journal;

/// <summary>A message that waits for the broker.</summary>
/// <param name="Key">Rises with the order of writing; never used twice.</param>
/// <param name="Scene">The scene it tells of; null when it belongs to none.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Message">The message, byte for byte as it was given.</param>
public sealed record OutboxEntry(long Key, SceneId? Scene, DateTimeOffset At, OutgoingMessage Message);
