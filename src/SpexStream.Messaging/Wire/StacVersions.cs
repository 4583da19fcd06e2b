namespace SpexStream.Messaging.Wire;

/// <summary>The versions of STAC and of its extensions that we write.</summary>
internal static class StacVersions
{
    public const string Core = "1.1.0";

    public const string Eo = "https://stac-extensions.github.io/eo/v2.0.0/schema.json";

    public const string Projection = "https://stac-extensions.github.io/projection/v2.0.0/schema.json";

    public const string Raster = "https://stac-extensions.github.io/raster/v2.0.0/schema.json";

    public const string Classification = "https://stac-extensions.github.io/classification/v2.0.0/schema.json";

    public const string Processing = "https://stac-extensions.github.io/processing/v1.2.0/schema.json";

    public const string File = "https://stac-extensions.github.io/file/v2.1.0/schema.json";
}
