namespace SpexStream.Domain.Explanation;

/// <summary>One measured quantity of a class or region, and the threshold it was held against.</summary>
/// <param name="Quantity">Name as in formulas ("NDWI"), or as the backend names it.</param>
/// <param name="Value">Mean over the pixels of the class or region; null where it was not averaged.</param>
/// <param name="Threshold">The threshold; null where the quantity decided nothing.</param>
/// <param name="Passed">Whether the mean lies on the class's side; null where there is no value or no
/// threshold.</param>
public sealed record Evidence(string Quantity, double? Value, double? Threshold, bool? Passed);
