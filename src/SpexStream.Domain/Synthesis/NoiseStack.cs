using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Synthesis;

/// <summary>A sum of octaves. The value at a pixel depends on its absolute place only, never on the window.</summary>
internal sealed class NoiseStack(params NoiseOctave[] octaves)
{
    /// <summary>
    /// Octaves from the longest wavelength down, each 2.2 times shorter than the one before. With
    /// <paramref name="roughness"/> 1 the amplitude falls as the wavelength does, so that every octave has the same
    /// slope.
    /// </summary>
    public static NoiseStack Between(
        uint seed, float longest, float shortest, float amplitude, float roughness = 1, bool billow = false)
    {
        const float Step = 2.2f;
        var octaves = new List<NoiseOctave>();
        for (var wavelength = longest; wavelength >= shortest || octaves.Count == 0; wavelength /= Step)
        {
            var share = MathF.Pow(MathF.Max(wavelength, 2) / MathF.Max(longest, 2), roughness);
            var salt = CoordinateHash.Next(seed, (uint)octaves.Count + 1);
            octaves.Add(new(MathF.Max(wavelength, 2), amplitude * share, salt, billow && octaves.Count > 0));
        }

        return new([.. octaves]);
    }

    /// <summary>The value at a point.</summary>
    public float At(float x, float y)
    {
        var sum = 0f;
        foreach (var octave in octaves)
        {
            sum += octave.At(x, y);
        }

        return sum;
    }

    /// <summary>The values of a window, row by row.</summary>
    public void Fill(PixelWindow window, Span<float> plane)
    {
        plane = plane[..checked((int)window.Area)];
        plane.Clear();
        foreach (var octave in octaves)
        {
            octave.AddTo(window, plane);
        }
    }
}
