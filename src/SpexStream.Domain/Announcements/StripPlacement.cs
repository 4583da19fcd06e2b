using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Domain.Announcements;

/// <summary>
/// Puts an announced strip and the header of its raster together: which bands are used, what the samples mean, and
/// where the strip lies in its scene. What the announcement leaves open is taken from the file; what they contradict is
/// refused.
/// </summary>
public static class StripPlacement
{
    private const int LeastBands = 2;
    private const double MetresPerDegree = 111_320;

    /// <summary>The strip ready for the pipeline, or why it is refused (exactly one of both).</summary>
    /// <param name="strip">The announcement.</param>
    /// <param name="info">Header of its raster.</param>
    /// <param name="crs">Coordinate system named by the announcement, if it named one; else the file's counts.</param>
    public static (StripDelivery? Delivery, Rejection? Rejection) Place(
        StripAnnouncement strip, RasterInfo info, CoordinateSystem? crs)
    {
        if (Imagery(strip, info, crs ?? info.Crs, out var bands) is var (imagery, refused) && refused is not null)
        {
            return (null, refused);
        }

        var absolute = strip.RowOffset is null && strip.StripCount != 1;
        if (RowOffset(strip, info, absolute) is var (row, unplaced) && unplaced is not null)
        {
            return (null, unplaced);
        }

        var scene = new SceneSpec
        {
            Id = strip.Scene,
            Platform = strip.Platform,
            Instruments = string.Join(", ", strip.Instruments),
            SensedFrom = strip.SensingStart,
            SensedTo = strip.SensingEnd,
            Imagery = imagery!,
            Width = info.Width,
            Height = absolute ? null : strip.SceneShape?.Rows ?? (strip.StripCount == 1 ? row + info.Height : null),
            RowsAreAbsolute = absolute,
            Transform = info.Transform?.Shifted(0, -row),
            Crs = crs ?? info.Crs,
            StripCount = strip.StripCount,
            Priority = strip.Priority,
            Deadline = strip.Deadline,
            Instruction = strip.Instruction,
            TraceParent = strip.TraceParent,
        };
        var entry = new StripEntry(strip.StripIndex, row, info.Height, AnnouncementIdentity.Content(strip))
        {
            Tier = strip.Tier,
            AnnouncedRevision = strip.Revision,
            SensedTo = strip.SensingEnd,
        };
        return (new StripDelivery(scene, entry, info.Path, info, bands, strip.IsLast), null);
    }

    private static (SceneImagery? Imagery, Rejection? Refused) Imagery(
        StripAnnouncement strip, RasterInfo info, CoordinateSystem? crs, out ImmutableArray<int> used)
    {
        used = [];
        var names = strip.Data.BandNames.IsEmpty ? [.. info.Bands.Select(band => band.Name)] : strip.Data.BandNames;
        if (names.Length != info.Bands.Length)
        {
            return (null, new(
                RejectionReason.BandCount, "assets.data.bands",
                $"names {names.Length} bands, the raster has {info.Bands.Length}",
                "announce every band of the raster in file order"));
        }

        used = [.. Enumerable.Range(0, names.Length).Where(i => BandSet.RoleOf(names[i]) != BandRole.Other)];
        if (used.Length < LeastBands)
        {
            return (null, new(
                RejectionReason.TooFewBands, "assets.data.bands", "names fewer than two bands that can be used",
                "name them by STAC common names: blue, green, red, nir, swir16, swir22"));
        }

        var roles = used.GroupBy(i => BandSet.RoleOf(names[i])).FirstOrDefault(group => group.Count() > 1);
        if (roles is not null)
        {
            return (null, new(
                RejectionReason.BadField, "assets.data.bands",
                $"names the band {BandSet.NameOf(roles.Key)} more than once",
                "give each band its own name"));
        }

        var radiometry = strip.Data.RadiometryOf(names.Length, strip.Radiometry) ?? FromFile(info, strip.Radiometry);
        var announced = strip.Data.NodataOf(names.Length);
        var types = used.Select(i => info.Bands[i].Type).Distinct().ToArray();
        return (new SceneImagery(
            new BandSet(used.Select(i => names[i])),
            types.Length == 1 ? types[0] : PixelType.Float32,
            new Radiometry(
                radiometry.Level, [.. used.Select(i => radiometry.Scale[i])],
                    [.. used.Select(i => radiometry.Offset[i])]),
            strip.Data.IgnoresFileNodata ? [] : [.. used.Select(i => announced[i] ?? info.Bands[i].Nodata)],
            PixelSize(info, crs)), null);
    }

    private static Radiometry FromFile(RasterInfo info, RadiometryLevel? level)
    {
        var scaled = info.Bands.Any(band => band.Scale is not null || band.Offset is not null);
        var resolved = level ?? (scaled ? RadiometryLevel.TopOfAtmosphere : RadiometryLevel.Uncalibrated);
        return resolved == RadiometryLevel.Uncalibrated
            ? Radiometry.Uniform(info.Bands.Length, null, null, resolved)
            : new(resolved, [.. info.Bands.Select(b => b.Scale ?? 1)], [.. info.Bands.Select(b => b.Offset ?? 0)]);
    }

    private static (int Row, Rejection? Refused) RowOffset(StripAnnouncement strip, RasterInfo info, bool absolute)
    {
        // Of absolute rows only the scene's other strips tell how many there are: SceneLife looks at them together.
        var row = absolute ? 0 : strip.RowOffset ?? 0;
        var rows = Math.Max((long)row + info.Height, absolute ? 0 : strip.SceneShape?.Rows ?? 0);
        if (SceneLimits.Check(absolute ? "assets.data" : "properties[\"spex:row_offset\"]", rows, info.Width)
            is { } tooLarge)
        {
            return (0, tooLarge);
        }

        if (absolute)
        {
            return AbsoluteRow(info);
        }

        if (strip.SceneShape is { } shape)
        {
            if (shape.Columns != info.Width)
            {
                return (0, OffGrid(
                    "properties[\"spex:scene_shape\"]", $"is {shape.Columns} columns wide, the raster {info.Width}",
                    "a strip is as wide as its scene"));
            }

            if (row + info.Height > shape.Rows)
            {
                return (0, OffGrid(
                    "properties[\"spex:row_offset\"]",
                    $"puts rows {row} to {row + info.Height - 1} into a scene of {shape.Rows} rows",
                    "check the offset against spex:scene_shape"));
            }
        }

        return (row, null);
    }

    // Rows of the CRS's own grid, the same for all strips of a scene however its grid lies: a quarter of a pixel is far
    // from the offsets that grids have in practice (none, a half), so that rounding noise cannot tip a strip over.
    private static (int Row, Rejection? Refused) AbsoluteRow(RasterInfo info)
    {
        var row = info.Transform is { IsAxisAligned: true, RowY: not 0 } grid
            ? Math.Floor((grid.OriginY / grid.RowY) + 0.25)
            : double.NaN;
        return Math.Abs(row) < int.MaxValue / 2
            ? ((int)row, null)
            : (0, OffGrid(
                "properties[\"spex:row_offset\"]", "is missing, and the raster's geotransform does not tell it",
                "give spex:row_offset and spex:scene_shape"));
    }

    private static Rejection OffGrid(string where, string what, string remedy) =>
        new(RejectionReason.OffGrid, where, what, remedy);

    private static double PixelSize(RasterInfo info, CoordinateSystem? crs)
    {
        if (info.Transform is not { } transform || crs is null)
        {
            return double.NaN;
        }

        var edge = Math.Sqrt(Math.Abs(transform.Determinant));
        var latitude = transform.ToCrs(info.Width / 2.0, info.Height / 2.0).Y * Math.PI / 180;
        return crs.IsGeographic
            ? edge * MetresPerDegree * Math.Sqrt(Math.Abs(Math.Cos(latitude)))
            : edge * crs.MetresPerUnit;
    }
}
