using System.Collections.Immutable;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>A product that whoever used it must drop.</summary>
/// <param name="Revision">Its revision.</param>
/// <param name="Folder">Full path of its folder, which retention deletes later.</param>
/// <param name="Classes">Classes that were told of.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record WithdrawnProduct(
    int Revision, string Folder, ImmutableArray<LandCoverClass> Classes, string Reason);
