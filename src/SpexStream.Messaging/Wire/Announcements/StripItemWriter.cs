using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Imagery;
using SpexStream.Messaging.Wire.Json;

namespace SpexStream.Messaging.Wire.Announcements;

/// <summary>Writes an announcement as a minimal STAC Item; what has its default is left out.</summary>
internal static class StripItemWriter
{
    public static void Write(WireWriter writer, StripAnnouncement strip) => writer.Object(() =>
    {
        writer.Text("type", "Feature");
        writer.Text("stac_version", StacVersions.Core);
        writer.Texts("stac_extensions", Extensions(strip));
        writer.Text("id", strip.ItemId);
        GeoJsonWriter.Place(writer, strip.Footprint, strip.Bounds);
        writer.Object("properties", () => Properties(writer, strip));
        writer.Links(strip.Links);
        writer.Object("assets", () => writer.Object("data", () => Asset(writer, strip.Data)));
    });

    private static ImmutableArray<string> Extensions(StripAnnouncement strip)
    {
        var (data, used) = (strip.Data, ImmutableArray.CreateBuilder<string>());
        void Use(bool isUsed, string extension)
        {
            if (isUsed)
            {
                used.Add(extension);
            }
        }

        Use(data.Bands.Any(band => band.CommonName is not null), StacVersions.Eo);
        Use(strip.ProjCode is not null, StacVersions.Projection);
        Use(
            (data.Scale ?? data.Offset ?? data.Bands.Select(band => band.Scale ?? band.Offset).Max()) is not null,
            StacVersions.Raster);
        Use(data.SizeBytes is not null || data.Checksum is not null, StacVersions.File);
        return used.ToImmutable();
    }

    private static void Properties(WireWriter writer, StripAnnouncement strip)
    {
        SensingTime.Write(writer, strip.SensingStart, strip.SensingEnd);
        writer.Text("platform", strip.Platform.Value);
        writer.Texts("instruments", strip.Instruments);
        writer.Text("proj:code", strip.ProjCode);
        writer.Text("spex:scene_id", strip.Scene.Value);
        writer.Integer("spex:strip_index", strip.StripIndex);
        writer.Integer("spex:strip_count", strip.StripCount);
        writer.Integer("spex:row_offset", strip.RowOffset);
        if (strip.SceneShape is { } shape)
        {
            writer.Array("spex:scene_shape", [shape.Rows, shape.Columns], writer.Json.WriteNumberValue);
        }

        writer.Integer("spex:revision", Unless(strip.Revision, StripAnnouncement.FirstRevision));
        writer.Text("spex:tier", strip.Tier == StripTier.Wanted ? null : strip.Tier.Slug());
        writer.Integer("spex:priority", Unless(strip.Priority, StripAnnouncement.DefaultPriority));
        writer.Time("spex:deadline", strip.Deadline);
        writer.Text("spex:instruction", strip.Instruction);
        writer.Flag("spex:last", strip.IsLast ? true : null);
        writer.Text("spex:radiometry", strip.Radiometry switch
        {
            RadiometryLevel.SurfaceReflectance => "sr",
            RadiometryLevel.TopOfAtmosphere => "toa",
            RadiometryLevel.Uncalibrated => "none",
            _ => null,
        });
    }

    private static void Asset(WireWriter writer, StripAsset data)
    {
        writer.Text("href", data.Href?.Text);
        writer.Text("type", data.MediaType);
        writer.Text("data_type", data.DataType);
        Nodata(writer, data.Nodata);
        writer.Exact("raster:scale", data.Scale);
        writer.Exact("raster:offset", data.Offset);
        writer.Integer("file:size", data.SizeBytes);
        writer.Text("file:checksum", data.Checksum?.Multihash);
        if (!data.Bands.IsEmpty)
        {
            writer.Array("bands", data.Bands, band => writer.Object(() => Band(writer, band)));
        }
    }

    private static void Band(WireWriter writer, StripBand band)
    {
        writer.Text("name", band.Name);
        writer.Text("eo:common_name", band.CommonName);
        writer.Text("data_type", band.DataType);
        Nodata(writer, band.Nodata);
        writer.Exact("raster:scale", band.Scale);
        writer.Exact("raster:offset", band.Offset);
    }

    private static void Nodata(WireWriter writer, double? value)
    {
        if (value is not { } number || double.IsFinite(number))
        {
            writer.Exact("nodata", value);
            return;
        }

        writer.Text("nodata", double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf");
    }

    private static long? Unless(int value, int standard) => value == standard ? null : value;
}
