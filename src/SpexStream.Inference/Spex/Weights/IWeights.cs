namespace SpexStream.Inference.Spex.Weights;

/// <summary>Where a network that is being written takes its weights from.</summary>
public interface IWeights
{
    /// <summary>The weight of a name. One that is missing or of another shape is noted as a fault and answered with zeros,
    /// so that all faults come to light at once.</summary>
    /// <param name="name">Its name in the original checkpoint.</param>
    /// <param name="shape">The shape that the network needs.</param>
    WeightTensor Take(string name, params ReadOnlySpan<long> shape);
}
