using System.Collections.Immutable;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Inference.Spex.Backend;

/// <summary>What is asked about one tile, and what the rules found on it.</summary>
/// <param name="Model">The model that it is for.</param>
/// <param name="Feed">How the scene's pixels become a picture.</param>
/// <param name="Edge">Rows and columns of the scene that a picture shows.</param>
/// <param name="Prior">What the rules found.</param>
/// <param name="Absent">Classes that are not asked about because the rules found none of them.</param>
/// <param name="Asks">The questions, one for each class at most, at least one.</param>
internal sealed record SpexRequest(
    SpexModel Model, PictureFeed Feed, int Edge, PriorCover Prior, ImmutableArray<LandCoverClass> Absent,
    ImmutableArray<SpexAsk> Asks) : ITileRequest
{
    public int Weight => Asks.Max(ask => ask.Tokens.Length);
}
