using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Change;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Outgoing;

namespace SpexStream.Messaging.Wire.Alerts;

/// <summary>One form of an alert's message: how its area is drawn, which gains and losses are outlined, and what is
/// left out.</summary>
/// <param name="Shape">The area, and what is left out.</param>
/// <param name="Largest">Gains and losses, the largest first.</param>
/// <param name="Outlined">How many of them have an outline.</param>
internal sealed record AlertForm(Omission Shape, ImmutableArray<ChangePatch> Largest, int Outlined)
{
    // Subscribers have the area's outline elsewhere; with so many positions it is still told apart from its box.
    private const int EnoughForArea = 150;

    /// <summary>Gains and losses with an outline.</summary>
    public IReadOnlySet<ChangePatch> Patches => Largest[..Outlined].ToHashSet();

    /// <summary>
    /// Every form, from whole to least: first the area is drawn more coarsely, down to some 150 positions, then the
    /// outlines of gains and losses go, the smallest first, then all else as in any other message. Forms that differ in
    /// outlines alone, each of which has fewer than the one before, are one run.
    /// </summary>
    public static IEnumerable<ImmutableArray<AlertForm>> Of(
        ImmutableArray<GeometryChoice> choices, ChangeFigures? change, params ImmutableArray<string> parts)
    {
        ImmutableArray<ChangePatch> largest = change is null ? []
            : [.. change.GainedPatches.Concat(change.LostPatches).OrderByDescending(patch => patch.Pixels)];
        for (var at = 0; largest.Length > 0 && at < choices.Length; at++)
        {
            var shape = new Omission(choices[at], []);
            if (choices[at].Geometry is not GeoOutline { VertexCount: > EnoughForArea } || at + 1 == choices.Length)
            {
                yield return
                [
                    .. Enumerable.Range(0, largest.Length)
                        .Select(left => new AlertForm(shape, largest, largest.Length - left)),
                ];
                break;
            }

            yield return [new(shape, largest, largest.Length)];
        }

        foreach (var shape in Omission.Forms(choices, parts))
        {
            yield return [new(shape, largest, 0)];
        }
    }
}
