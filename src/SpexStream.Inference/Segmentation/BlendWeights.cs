namespace SpexStream.Inference.Segmentation;

/// <summary>
/// How much a window counts at each of its rows or columns: sin^2 over the stretch that it shares with the window
/// before,
/// cos^2 over that with the next, 1 between. Where two windows meet their weights add up to 1.
/// </summary>
internal static class BlendWeights
{
    /// <summary>The weights along one axis.</summary>
    public static float[] Of(int edge, int overlap)
    {
        var weights = new float[edge];
        Array.Fill(weights, 1f);
        var ramp = 2 * overlap;
        for (var i = 0; i < ramp; i++)
        {
            var sine = Math.Sin(Math.PI / 2 * (i + 0.5) / ramp);
            weights[i] = (float)(sine * sine);
            weights[edge - 1 - i] = (float)(sine * sine);
        }

        return weights;
    }
}
