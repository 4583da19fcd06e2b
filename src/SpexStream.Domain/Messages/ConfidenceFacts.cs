namespace SpexStream.Domain.Messages;

/// <summary>Confidence 0..100 over the pixels of a class or region.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="TenthPercentile">Value that 90 percent of the pixels reach; null where it was not counted.</param>
public sealed record ConfidenceFacts(double Mean, double? TenthPercentile = null);
