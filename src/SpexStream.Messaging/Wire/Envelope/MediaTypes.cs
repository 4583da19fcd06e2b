namespace SpexStream.Messaging.Wire.Envelope;

/// <summary>Media types on the wire.</summary>
public static class MediaTypes
{
    /// <summary>Features and Items.</summary>
    public const string GeoJson = "application/geo+json";

    /// <summary>States and dead letters.</summary>
    public const string Json = "application/json";

    /// <summary>An event with its attributes in the payload.</summary>
    public const string StructuredEvent = "application/cloudevents+json; charset=utf-8";

    /// <summary>What the media type of every structured event begins with.</summary>
    public const string EventPrefix = "application/cloudevents";

    /// <summary>Common Alerting Protocol.</summary>
    public const string Cap = "application/cap+xml";

    /// <summary>A raster in a message.</summary>
    public const string Tiff = "image/tiff";

    /// <summary>A cloud-optimised GeoTIFF.</summary>
    public const string CloudOptimizedGeoTiff = "image/tiff; application=geotiff; profile=cloud-optimized";

    /// <summary>FlatGeobuf.</summary>
    public const string FlatGeobuf = "application/flatgeobuf";

    /// <summary>PNG.</summary>
    public const string Png = "image/png";
}
