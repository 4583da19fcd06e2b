using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Ports.Journal;

/// <summary>Work that this node has claimed.</summary>
/// <param name="Scene">The scene.</param>
/// <param name="Epoch">Epoch of the owner that offered it.</param>
/// <param name="Offer">The work.</param>
/// <param name="Ticket">Number of the claim; never given out twice.</param>
/// <param name="Attempt">How often the work was claimed, this time included.</param>
public sealed record TileClaim(SceneId Scene, long Epoch, TileOffer Offer, long Ticket, int Attempt);
