using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Change;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Outgoing;

namespace SpexStream.Messaging.Wire.Alerts;

/// <summary>One form of an alert's message: how its area is drawn, which gains and losses are outlined, and what is
/// left out.</summary>
/// <param name="Shape">The area, and what is left out.</param>
/// <param name="Patches">Gains and losses with an outline.</param>
internal sealed record AlertForm(Omission Shape, IReadOnlySet<ChangePatch> Patches)
{
    // Subscribers have the area's outline elsewhere; with so many positions it is still told apart from its box.
    private const int EnoughForArea = 150;

    /// <summary>
    /// Every form, from whole to least: first the area is drawn more coarsely, down to some 150 positions, then the
    /// outlines of gains and losses go, the smallest first, then all else as in any other message.
    /// </summary>
    public static IEnumerable<AlertForm> Of(
        ImmutableArray<GeometryChoice> choices, ChangeFigures? change, params ImmutableArray<string> parts)
    {
        ChangePatch[] largest = change is null ? []
            : [.. change.GainedPatches.Concat(change.LostPatches).OrderByDescending(patch => patch.Pixels)];
        for (var (all, at) = (Set(largest.Length), 0); largest.Length > 0 && at < choices.Length; at++)
        {
            yield return new(new(choices[at], []), all);
            if (choices[at].Geometry is GeoOutline { VertexCount: > EnoughForArea } && at + 1 < choices.Length)
            {
                continue;
            }

            for (var count = largest.Length - 1; count > 0; count--)
            {
                yield return new(new(choices[at], []), Set(count));
            }

            break;
        }

        foreach (var shape in Omission.Forms(choices, parts))
        {
            yield return new(shape, Set(0));
        }

        IReadOnlySet<ChangePatch> Set(int count) => largest[..count].ToHashSet();
    }
}
