using SpexStream.Domain.Identity;

namespace SpexStream.Daemon.Commands.Retract;

/// <summary>A product that stands and cannot be looked at.</summary>
/// <param name="Scene">Its scene.</param>
/// <param name="Revision">The revision that stands.</param>
/// <param name="Reason">Why, for people.</param>
internal sealed record UnreadProduct(SceneId Scene, int Revision, string Reason);
