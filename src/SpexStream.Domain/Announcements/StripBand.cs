namespace SpexStream.Domain.Announcements;

/// <summary>
/// One band of an announced raster, in file order. What is null is taken from the asset, else from the file.
/// </summary>
/// <param name="Name">The sender's name.</param>
/// <param name="CommonName">Common name of the STAC eo extension; decides the role where both are given.</param>
/// <param name="DataType">Sample type, a STAC 1.1 data type name.</param>
/// <param name="Scale">Factor from sample to reflectance.</param>
/// <param name="Offset">Summand from sample to reflectance.</param>
/// <param name="Nodata">Sample value that means "not measured"; may be NaN.</param>
public sealed record StripBand(
    string? Name,
    string? CommonName = null,
    string? DataType = null,
    double? Scale = null,
    double? Offset = null,
    double? Nodata = null);
