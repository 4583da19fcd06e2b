using System.Collections.Immutable;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Alerts.Cover;

/// <summary>What a second backend says of a scene.</summary>
/// <param name="Backend">Its name.</param>
/// <param name="Classes">The classes that it tells; of others it says nothing.</param>
/// <param name="Rows">The rows of one of them, made anew; unseen is what it says nothing of.</param>
public sealed record SecondCover(
    string Backend, ImmutableArray<LandCoverClass> Classes, Func<LandCoverClass, IClassRows> Rows);
