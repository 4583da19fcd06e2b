namespace SpexStream.Domain.Messages;

/// <summary>One value of a raster: its name (letters, digits, dashes), what it means, and a colour as RRGGBB.</summary>
public sealed record LegendEntry(int Value, string Name, string Description, string Colour);
