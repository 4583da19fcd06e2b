namespace SpexStream.Domain.Messages;

/// <summary>Names of the states on the wire.</summary>
public static class ProductStatuses
{
    /// <summary>Lower-case name in <c>spex:status</c>.</summary>
    public static string Slug(this ProductStatus status) => status switch
    {
        ProductStatus.Preliminary => "preliminary",
        ProductStatus.Final => "final",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>Reads a name; null when unknown.</summary>
    public static ProductStatus? FromSlug(string? text) => text switch
    {
        "preliminary" => ProductStatus.Preliminary,
        "final" => ProductStatus.Final,
        _ => null,
    };
}
