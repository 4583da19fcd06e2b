namespace SpexStream.Inference.Spex.Network;

/// <summary>Cosines and sines of rotary position embedding (Su et al. 2021, equation 34), [positions, half a head].</summary>
internal static class RotaryTables
{
    /// <summary>The frequencies, in float32 as the original has them.</summary>
    public static float[] Frequencies(LanguageModelSizes sizes) =>
    [
        .. Enumerable.Range(0, sizes.HeadWidth / 2)
            .Select(index => 1f / MathF.Pow(sizes.RotaryBase, 2f * index / sizes.HeadWidth)),
    ];

    public static float[] Cosines(LanguageModelSizes sizes) => Table(sizes, MathF.Cos);

    public static float[] Sines(LanguageModelSizes sizes) => Table(sizes, MathF.Sin);

    private static float[] Table(LanguageModelSizes sizes, Func<float, float> wave)
    {
        var frequencies = Frequencies(sizes);
        var table = new float[sizes.Positions * frequencies.Length];
        for (var index = 0; index < table.Length; index++)
        {
            table[index] = wave(index / frequencies.Length * frequencies[index % frequencies.Length]);
        }

        return table;
    }
}
