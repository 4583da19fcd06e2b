namespace SpexStream.Domain.Messages;

/// <summary>A place on Earth (WGS 84) as GeoJSON knows it: an outline or a point.</summary>
public abstract record GeoGeometry;
