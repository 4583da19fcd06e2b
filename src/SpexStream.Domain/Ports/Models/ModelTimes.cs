namespace SpexStream.Domain.Ports.Models;

/// <summary>Where the time of one inference went. Waiting in a queue is not part of it.</summary>
/// <param name="Input">Bringing the input to the device.</param>
/// <param name="Infer">Computing.</param>
/// <param name="Output">Bringing the output back, where that is told apart from computing.</param>
public readonly record struct ModelTimes(TimeSpan Input, TimeSpan Infer, TimeSpan Output);
