using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Backends;

/// <summary>One comparison of a rule: the class it serves, the quantity ("NDWI"), the threshold it is held against,
/// and whether the class lies above or below.</summary>
public sealed record NamedThreshold(LandCoverClass Class, string Quantity, double Threshold, bool ClassIsAbove);
