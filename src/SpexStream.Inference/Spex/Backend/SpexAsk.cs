using System.Collections.Immutable;
using SpexStream.Domain.LandCover;

namespace SpexStream.Inference.Spex.Backend;

/// <summary>One question about a tile.</summary>
/// <param name="Class">The class that it asks for.</param>
/// <param name="Tokens">The whole prompt.</param>
/// <param name="Hash">SHA-256 of the prompt's text, lower-case hex.</param>
internal sealed record SpexAsk(LandCoverClass Class, ImmutableArray<int> Tokens, string Hash);
