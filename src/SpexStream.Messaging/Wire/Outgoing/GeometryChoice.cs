using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;

namespace SpexStream.Messaging.Wire.Outgoing;

/// <summary>One way to draw a place, and whether it is the best one.</summary>
internal sealed record GeometryChoice(GeoGeometry? Geometry, bool IsFinest)
{
    // A position takes at least "[0,0],".
    private const int BytesPerVertex = 6;

    /// <summary>
    /// Ways to draw a place, finest first: the outlines that can fit at all, the box, the point. One choice without
    /// geometry where there is none.
    /// </summary>
    public static ImmutableArray<GeometryChoice> Of(
        ImmutableArray<GeoOutline> outlines, GeoBox? bounds, LonLat? centre)
    {
        var choices = ImmutableArray.CreateBuilder<GeometryChoice>();
        for (var i = 0; i < outlines.Length; i++)
        {
            if (outlines[i].VertexCount * BytesPerVertex <= MessageFitting.MaxBytes)
            {
                choices.Add(new(outlines[i], IsFinest: i == 0));
            }
        }

        if (bounds is { } box)
        {
            choices.Add(new(GeoOutline.FromBox(box), outlines.IsEmpty));
        }

        if ((centre ?? bounds?.Centre) is { } point)
        {
            choices.Add(new(new GeoPoint(point), IsFinest: false));
        }

        return choices.Count > 0 ? choices.ToImmutable() : [new(null, IsFinest: true)];
    }
}
