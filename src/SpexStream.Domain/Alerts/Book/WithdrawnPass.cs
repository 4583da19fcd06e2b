using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Alerts.Book;

/// <summary>The highest revision of a scene that was withdrawn.</summary>
/// <param name="Scene">The scene.</param>
/// <param name="Revision">The revision.</param>
public sealed record WithdrawnPass(SceneId Scene, int Revision);
