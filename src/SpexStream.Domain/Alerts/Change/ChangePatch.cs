using SpexStream.Domain.Messages;

namespace SpexStream.Domain.Alerts.Change;

/// <summary>A connected piece of ground (8 neighbours) that was gained or lost.</summary>
/// <param name="Pixels">Its size in pixels of the newer scene.</param>
/// <param name="Outline">Its outline on Earth, simplified; it shows where the piece lies and is not its size.</param>
public sealed record ChangePatch(long Pixels, GeoOutline Outline);
