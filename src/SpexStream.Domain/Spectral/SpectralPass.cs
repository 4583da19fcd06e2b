namespace SpexStream.Domain.Spectral;

/// <summary>What one pass over a scene looks for.</summary>
public enum SpectralPass
{
    /// <summary>Dark and bright ends of every band.</summary>
    DarkObjects,

    /// <summary>Thresholds of the indices, from blocks with two kinds of ground.</summary>
    Thresholds,

    /// <summary>Medians over the vegetation, against which built-up stands out.</summary>
    VegetationMedians,
}
