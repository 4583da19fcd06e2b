using System.Collections.Frozen;
using SpexStream.Domain.Announcements;
using SpexStream.Messaging.Wire.Json;

namespace SpexStream.Messaging.Wire.Announcements;

/// <summary>Reads the asset "data" of an announcement.</summary>
internal sealed class StripAssetReader(JsonField item, AnnouncementLimits limits, bool isInBand)
{
    // The data types of STAC 1.1.
    private static readonly FrozenSet<string> DataTypes =
    [
        "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64",
        "cint16", "cint32", "cfloat32", "cfloat64", "other",
    ];

    /// <summary>The asset; null where its place could not be read, which was reported.</summary>
    public StripAsset? Read()
    {
        var assets = item.Member("assets");
        var data = assets.Member("data");
        if (!isInBand)
        {
            assets.Required("give the asset \"data\"").AsObject();
            data.Required("give the asset \"data\"").AsObject();
        }

        var href = Href(data.Member("href"));
        return href is null && !isInBand
            ? null
            : new()
            {
                Href = href,
                MediaType = data.Member("type").Text(limits.MaxNameLength),
                Bands = [.. data.Member("bands").Items(limits.MaxBands).Select(Band)],
                DataType = DataType(data.Member("data_type")),
                Nodata = data.Member("nodata").Nodata(),
                Scale = Scale(data.Member("raster:scale")),
                Offset = data.Member("raster:offset").Number(),
                SizeBytes = data.Member("file:size").Integer(1, long.MaxValue),
                Checksum = Checksum(data.Member("file:checksum")),
            };
    }

    private StripHref? Href(JsonField field)
    {
        if (isInBand)
        {
            return null;
        }

        if (field.Required("give the raster's place").Text(limits.MaxHrefLength) is not { } text)
        {
            return null;
        }

        return StripHref.TryParse(text, out var href)
            ? href
            : field.Refuse<StripHref>(
                $"is {Rejection.Quote(text)}", "give an absolute path, or a URI such as file:///data/strip.tif");
    }

    private StripBand Band(JsonField band)
    {
        band.Required("give an object for every band").AsObject();
        return new(
            band.Member("name").Text(limits.MaxNameLength),
            band.Member("eo:common_name").Text(limits.MaxNameLength),
            DataType(band.Member("data_type")),
            Scale(band.Member("raster:scale")),
            band.Member("raster:offset").Number(),
            band.Member("nodata").Nodata());
    }

    private string? DataType(JsonField field) =>
        field.Text(limits.MaxNameLength) is not { } text ? null
        : DataTypes.Contains(text) ? text
        : field.Refuse<string>($"is {Rejection.Quote(text)}", "use a data type of STAC 1.1, such as uint16");

    private static double? Scale(JsonField field) =>
        field.Number() is not 0 and var scale
            ? scale
            : field.Refuse<double?>("is 0", "give the factor from sample to reflectance");

    private ContentChecksum? Checksum(JsonField field) =>
        field.Text(limits.MaxNameLength) is not { } text ? null
        : ContentChecksum.TryParse(text, out var checksum) ? checksum
        : field.Refuse<ContentChecksum>(
            $"is {Rejection.Quote(text)}", "give a multihash in hex: 1220 and a SHA-256, or 1340 and a SHA-512");
}
