using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Actors.Wire;

/// <summary>A whole strip, with what is known of its scene, as protobuf.</summary>
internal static class StripDeliveryFormat
{
    public static Proto.StripDelivery Write(StripDelivery delivery)
    {
        var message = new Proto.StripDelivery
        {
            Scene = Write(delivery.Scene),
            Strip = Write(delivery.Strip),
            Path = delivery.Path,
            Info = RasterFormat.Write(delivery.Info),
            EndsPass = delivery.EndsPass,
            Stamp = delivery.Stamp is { } stamp
                ? new() { Bytes = stamp.Bytes, ModifiedAt = RasterFormat.Write(stamp.ModifiedAt) } : null,
        };
        message.FileBands.AddRange(delivery.FileBands);
        return message;
    }

    public static StripDelivery Read(Proto.StripDelivery message) => new(
        Read(message.Scene), Read(message.Strip), message.Path, RasterFormat.Read(message.Info),
        [.. message.FileBands], message.EndsPass)
    {
        Stamp = message.Stamp is { } stamp ? new(stamp.Bytes, RasterFormat.Read(stamp.ModifiedAt)) : null,
    };

    private static Proto.SceneSpec Write(SceneSpec scene)
    {
        var message = new Proto.SceneSpec
        {
            Id = scene.Id.Value,
            Platform = scene.Platform.Value,
            Instruments = scene.Instruments,
            SensedFrom = RasterFormat.Write(scene.SensedFrom),
            SensedTo = RasterFormat.Write(scene.SensedTo),
            Imagery = Write(scene.Imagery),
            Width = scene.Width,
            Transform = RasterFormat.Write(scene.Transform),
            Crs = RasterFormat.Write(scene.Crs),
            RowsAreAbsolute = scene.RowsAreAbsolute,
            Priority = scene.Priority,
            Deadline = scene.Deadline is { } deadline ? RasterFormat.Write(deadline) : null,
        };
        if (scene.Height is { } height)
        {
            message.Height = height;
        }

        if (scene.StripCount is { } count)
        {
            message.StripCount = count;
        }

        if (scene.Instruction is { } instruction)
        {
            message.Instruction = instruction;
        }

        if (scene.TraceParent is { } trace)
        {
            message.TraceParent = trace;
        }

        return message;
    }

    private static SceneSpec Read(Proto.SceneSpec message) => new()
    {
        Id = SceneId.Parse(message.Id),
        Platform = PlatformId.Parse(message.Platform),
        Instruments = message.Instruments,
        SensedFrom = RasterFormat.Read(message.SensedFrom),
        SensedTo = RasterFormat.Read(message.SensedTo),
        Imagery = Read(message.Imagery),
        Width = message.Width,
        Height = message.HasHeight ? message.Height : null,
        Transform = RasterFormat.Read(message.Transform),
        Crs = RasterFormat.Read(message.Crs),
        RowsAreAbsolute = message.RowsAreAbsolute,
        StripCount = message.HasStripCount ? message.StripCount : null,
        Priority = message.Priority,
        Deadline = message.Deadline is { } deadline ? RasterFormat.Read(deadline) : null,
        Instruction = message.HasInstruction ? message.Instruction : null,
        TraceParent = message.HasTraceParent ? message.TraceParent : null,
    };

    private static Proto.SceneImagery Write(SceneImagery imagery)
    {
        var message = new Proto.SceneImagery
        {
            Type = WireEnums.Write(imagery.Type),
            Level = WireEnums.Write(imagery.Radiometry.Level),
            PixelSizeMetres = imagery.PixelSizeMetres,
        };
        message.Bands.AddRange(imagery.Bands.Names);
        message.Scale.AddRange(imagery.Radiometry.Scale);
        message.Offset.AddRange(imagery.Radiometry.Offset);
        message.Nodata.AddRange(imagery.Nodata.Select(RasterFormat.Write));
        return message;
    }

    private static SceneImagery Read(Proto.SceneImagery message) => new(
        new BandSet(message.Bands), WireEnums.Read(message.Type),
        new Radiometry(WireEnums.Read(message.Level), [.. message.Scale], [.. message.Offset]),
        [.. message.Nodata.Select(RasterFormat.Read)], message.PixelSizeMetres);

    private static Proto.StripEntry Write(StripEntry strip) => new()
    {
        Index = strip.Index,
        RowOffset = strip.RowOffset,
        Height = strip.Height,
        ContentId = strip.ContentId,
        Tier = WireEnums.Write(strip.Tier),
        AnnouncedRevision = strip.AnnouncedRevision,
        SensedTo = strip.SensedTo is { } sensed ? RasterFormat.Write(sensed) : null,
    };

    private static StripEntry Read(Proto.StripEntry message) =>
        new(message.Index, message.RowOffset, message.Height, message.ContentId)
        {
            Tier = WireEnums.Read(message.Tier),
            AnnouncedRevision = message.AnnouncedRevision,
            SensedTo = message.SensedTo is { } sensed ? RasterFormat.Read(sensed) : null,
        };
}
