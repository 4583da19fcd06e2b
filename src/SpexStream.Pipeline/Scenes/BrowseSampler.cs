using SpexStream.Domain.Imagery;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>Takes every n-th pixel for the browse picture while a tile's pixels are in memory anyway.</summary>
internal sealed class BrowseSampler
{
    private static readonly BandRole[] Wanted = [BandRole.Red, BandRole.Green, BandRole.Blue];
    private readonly int[] _bands;

    public BrowseSampler(SceneSpec scene, ProcessingOptions options)
    {
        var bands = scene.Imagery.Bands;
        // Without all of red, green and blue: near infrared first, as in the usual false-colour picture.
        BandRole[] roles = Wanted.All(bands.Has) ? Wanted : [BandRole.Nir, BandRole.Red, BandRole.Green];
        _bands = [.. roles.Select(role => Math.Max(0, bands.IndexOf(role)))];
        var edge = Math.Max(scene.Width, scene.Height ?? scene.Width);
        Step = options.Products.HasFlag(ProductKinds.Browse) ? (edge + options.BrowseEdge - 1) / options.BrowseEdge : 0;
    }

    /// <summary>Distance of the sampled pixels; 0 when no picture is wanted.</summary>
    public int Step { get; }

    public unsafe BrowseSamples? Take(PixelPlanes pixels)
    {
        if (Step == 0)
        {
            return null;
        }

        var core = pixels.Core;
        var (column, row) = ((core.Column + Step - 1) / Step, (core.Row + Step - 1) / Step);
        var (width, height) = (((core.Right - 1) / Step) - column + 1, ((core.Bottom - 1) / Step) - row + 1);
        if (width <= 0 || height <= 0)
        {
            return null;
        }

        var rgb = new float[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                var source = pixels.Row(_bands[channel], ((row + y) * Step) - pixels.Window.Row);
                for (var x = 0; x < width; x++)
                {
                    var at = ((column + x) * Step) - pixels.Window.Column;
                    rgb[(((y * width) + x) * 3) + channel] = pixels.Type switch
                    {
                        PixelType.UInt8 => ((byte*)source)[at],
                        PixelType.UInt16 => ((ushort*)source)[at],
                        PixelType.Int16 => ((short*)source)[at],
                        _ => ((float*)source)[at],
                    };
                }
            }
        }

        return new BrowseSamples(column, row, width, height, rgb);
    }
}
