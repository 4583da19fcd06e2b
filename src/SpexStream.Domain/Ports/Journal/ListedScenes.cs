using System.Collections.Immutable;
using SpexStream.Domain.Journal;

namespace SpexStream.Domain.Ports.Journal;

/// <summary>Scenes of a listing, and what of it cannot be read: one damaged row does not hide the others.</summary>
/// <param name="Scenes">The scenes.</param>
/// <param name="Damaged">One line for each scene that is left out because its row is not what was written.</param>
public sealed record ListedScenes(ImmutableArray<SceneListing> Scenes, ImmutableArray<string> Damaged);
