namespace SpexStream.Inference.Spex.Weights;

/// <summary>A weight that can be read piece by piece.</summary>
/// <param name="Name">Its name in the checkpoint.</param>
/// <param name="Shape">Lengths of its axes, the last one running fastest.</param>
/// <param name="Read">Fills a span with consecutive elements, beginning at the one that is named, widened to float32.</param>
public sealed record WeightTensor(string Name, IReadOnlyList<long> Shape, WeightReader Read)
{
    /// <summary>Number of elements.</summary>
    public long Length => Shape.Aggregate(1L, (product, length) => checked(product * length));

    /// <summary>All elements. Only for weights that are small.</summary>
    public float[] ToArray()
    {
        var values = new float[Length];
        Read(0, values);
        return values;
    }
}
