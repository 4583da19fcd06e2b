using System.Collections.Immutable;

namespace SpexStream.Messaging.Wire.Outgoing;

/// <summary>
/// One form of a message: how its place is drawn and what is left out of it. What is left out is named in the message
/// (<c>spex:omitted</c>), and its first link leads to it.
/// </summary>
/// <param name="Geometry">How the place is drawn.</param>
/// <param name="Parts">Names of the parts that are left out.</param>
internal sealed record Omission(GeometryChoice Geometry, ImmutableArray<string> Parts)
{
    /// <summary>What is left out, the outline included.</summary>
    public ImmutableArray<string> All => Geometry.IsFinest ? Parts : ["geometry", .. Parts];

    public bool Has(string part) => Parts.Contains(part);

    /// <summary>
    /// Every form, from whole to least: coarser places first, since a reader gets those back by the link; then part by
    /// part, in the order given.
    /// </summary>
    public static IEnumerable<Omission> Forms(
        ImmutableArray<GeometryChoice> choices, params ImmutableArray<string> parts)
    {
        for (var count = 0; count <= parts.Length; count++)
        {
            foreach (var choice in choices)
            {
                yield return new(choice, parts[..count]);
            }
        }
    }
}
