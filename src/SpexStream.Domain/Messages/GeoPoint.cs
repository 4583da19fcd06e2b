using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Messages;

/// <summary>One position; stands for an area whose outline would not fit.</summary>
public sealed record GeoPoint(LonLat Position) : GeoGeometry;
