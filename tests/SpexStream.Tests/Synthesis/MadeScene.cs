using SpexStream.Domain.Grid;
using SpexStream.Domain.Synthesis;

namespace SpexStream.Tests.Synthesis;

/// <summary>A made scene with all of its pixels, as the tests look at it.</summary>
internal sealed class MadeScene
{
    public const int Blue = 0;
    public const int Green = 1;
    public const int Red = 2;
    public const int Nir = 3;
    public const int Swir16 = 4;

    public MadeScene(int seed, int width, int height)
    {
        Scene = SyntheticScene.Create(new() { Seed = seed, Width = width, Height = height, Strips = 3 });
        (Bands, Truth) = Pixels(Scene, Scene.Window);
    }

    public SyntheticScene Scene { get; }

    public ushort[] Bands { get; }

    public byte[] Truth { get; }

    public static (ushort[] Bands, byte[] Truth) Pixels(SyntheticScene scene, PixelWindow window)
    {
        var bands = new ushort[SyntheticScene.BandCount * window.Area];
        var truth = new byte[window.Area];
        scene.Fill(window, bands, truth);
        return (bands, truth);
    }

    public double Reflectance(int band, int pixel) => Bands[(band * Truth.Length) + pixel] / 10_000.0;

    /// <summary>(a - b) / (a + b) of two bands.</summary>
    public double Index(int a, int b, int pixel) =>
        (Reflectance(a, pixel) - Reflectance(b, pixel)) / (Reflectance(a, pixel) + Reflectance(b, pixel));

    public double ShareOf(byte code) => Truth.Count(value => value == code) / (double)Truth.Length;

    /// <summary>The median of something over all pixels of a truth code.</summary>
    public double MedianOf(byte code, Func<int, double> value)
    {
        var values = Enumerable.Range(0, Truth.Length).Where(i => Truth[i] == code).Select(value).Order().ToArray();
        return values[values.Length / 2];
    }
}
