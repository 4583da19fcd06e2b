using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;

namespace SpexStream.Actors.Wire;

/// <summary>Headers of rasters, grids, times and numbers as protobuf.</summary>
internal static class RasterFormat
{
    public static Proto.RasterInfo Write(RasterInfo info)
    {
        var message = new Proto.RasterInfo
        {
            Path = info.Path,
            Driver = info.Driver,
            Width = info.Width,
            Height = info.Height,
            Transform = Write(info.Transform),
            Crs = Write(info.Crs),
            BlockWidth = info.BlockWidth,
            BlockHeight = info.BlockHeight,
        };
        message.Bands.AddRange(info.Bands.Select(Write));
        return message;
    }

    public static RasterInfo Read(Proto.RasterInfo message) => new()
    {
        Path = message.Path,
        Driver = message.Driver,
        Width = message.Width,
        Height = message.Height,
        Bands = [.. message.Bands.Select(Read)],
        Transform = Read(message.Transform),
        Crs = Read(message.Crs),
        BlockWidth = message.BlockWidth,
        BlockHeight = message.BlockHeight,
    };

    public static Proto.Affine? Write(Affine? transform) => transform is not { } affine ? null : new()
    {
        OriginX = affine.OriginX,
        ColumnX = affine.ColumnX,
        RowX = affine.RowX,
        OriginY = affine.OriginY,
        ColumnY = affine.ColumnY,
        RowY = affine.RowY,
    };

    public static Affine? Read(Proto.Affine? message) => message is null ? null : new(
        message.OriginX, message.ColumnX, message.RowX, message.OriginY, message.ColumnY, message.RowY);

    public static Proto.CoordinateSystem? Write(CoordinateSystem? crs)
    {
        if (crs is null)
        {
            return null;
        }

        var message = new Proto.CoordinateSystem
        {
            Wkt = crs.Wkt,
            IsGeographic = crs.IsGeographic,
            MetresPerUnit = crs.MetresPerUnit,
        };
        if (crs.Code is { } code)
        {
            message.Code = code;
        }

        return message;
    }

    public static CoordinateSystem? Read(Proto.CoordinateSystem? message) => message is null ? null : new(
        message.Wkt, message.HasCode ? message.Code : null, message.IsGeographic, message.MetresPerUnit);

    public static Proto.Moment Write(DateTimeOffset time) => new()
    {
        Ticks = time.UtcTicks,
        OffsetMinutes = (int)time.Offset.TotalMinutes,
    };

    public static DateTimeOffset Read(Proto.Moment message) =>
        new DateTimeOffset(message.Ticks, TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(message.OffsetMinutes));

    public static Proto.OptionalDouble Write(double? value)
    {
        var message = new Proto.OptionalDouble();
        if (value is { } number)
        {
            message.Value = number;
        }

        return message;
    }

    public static double? Read(Proto.OptionalDouble message) => message.HasValue ? message.Value : null;

    private static Proto.RasterBand Write(RasterBand band)
    {
        var message = new Proto.RasterBand { Type = WireEnums.Write(band.Type), Name = band.Name };
        if (band.Nodata is { } nodata)
        {
            message.Nodata = nodata;
        }

        if (band.Scale is { } scale)
        {
            message.Scale = scale;
        }

        if (band.Offset is { } offset)
        {
            message.Offset = offset;
        }

        return message;
    }

    private static RasterBand Read(Proto.RasterBand message) => new(
        WireEnums.Read(message.Type), message.HasNodata ? message.Nodata : null,
        message.HasScale ? message.Scale : null, message.HasOffset ? message.Offset : null, message.Name);
}
