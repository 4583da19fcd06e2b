namespace SpexStream.Domain.Messages;

/// <summary>One bit of a raster, counted from the lowest: its name and what a 1 means.</summary>
public sealed record LegendBit(int Offset, string Name, string Description);
