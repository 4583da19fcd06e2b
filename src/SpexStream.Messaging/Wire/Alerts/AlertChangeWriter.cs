using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Change;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Json;

namespace SpexStream.Messaging.Wire.Alerts;

/// <summary>Writes what has changed since the previous pass.</summary>
internal static class AlertChangeWriter
{
    /// <summary>The member "change".</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="change">What has changed.</param>
    /// <param name="patches">The gains and losses that are outlined.</param>
    public static void Write(WireWriter writer, ToldChange change, IReadOnlySet<ChangePatch> patches) =>
        writer.Object("change", () =>
        {
            writer.Object("since", () =>
            {
                writer.Text("scene", change.Since.Scene.Value);
                writer.Integer("revision", change.Since.Revision);
                writer.Time("sensed", change.Since.SensedAt);
            });
            writer.Flag("compared", change.Figures is not null);
            if (change.Figures is { } figures)
            {
                Figures(writer, figures);
                Outlines(writer, "gained", figures.GainedPatches, patches);
                Outlines(writer, "lost", figures.LostPatches, patches);
                var left = figures.GainedPatches.Length + figures.LostPatches.Length - patches.Count;
                writer.Flag("outlines_incomplete", figures.OutlinesAreIncomplete || left > 0);
            }
        });

    private static void Figures(WireWriter writer, ChangeFigures figures)
    {
        Hectares("gained_ha", figures.Gained);
        Hectares("lost_ha", figures.Lost);
        Hectares("stayed_ha", figures.Stayed);
        Hectares("perhaps_gained_ha", figures.PerhapsGained);
        Hectares("perhaps_lost_ha", figures.PerhapsLost);
        Hectares("compared_ha", figures.Compared);
        Hectares("unseen_ha", figures.Unseen);

        void Hectares(string name, double squareMetres) =>
            writer.Number(name, squareMetres / AreaMeasurement.SquareMetresPerHectare, places: 4);
    }

    private static void Outlines(
        WireWriter writer, string name, ImmutableArray<ChangePatch> all, IReadOnlySet<ChangePatch> kept)
    {
        GeoPolygon[] polygons = [.. all.Where(kept.Contains).SelectMany(patch => patch.Outline.Polygons)];
        if (polygons.Length > 0)
        {
            GeoJsonWriter.Geometry(writer, name, new GeoOutline([.. polygons]));
        }
    }
}
