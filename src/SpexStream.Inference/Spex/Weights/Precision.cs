namespace SpexStream.Inference.Spex.Weights;

/// <summary>Number format of a network's large products and of its key and value cache. Norms, sampling, softmax, sums
/// and residuals are float32 in both.</summary>
public enum Precision
{
    /// <summary>IEEE 754 binary32 throughout.</summary>
    Float32,

    /// <summary>Matrix products and convolutions in IEEE 754 binary16.</summary>
    Float16,
}
