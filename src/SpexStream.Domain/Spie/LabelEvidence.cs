using System.Collections.Immutable;
using System.Runtime.InteropServices;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Spie;

/// <summary>Puts labels into the form of a backend's evidence, so that regions are found in them the same
/// way.</summary>
public static unsafe class LabelEvidence
{
    /// <summary>Fills codes, and zero confidence: nobody measured how sure a label is. Indices and diagnostics stay
    /// undefined.</summary>
    /// <param name="codes"><see cref="CoverCode"/> per pixel, row by row without gaps.</param>
    /// <param name="window">The pixels they are of.</param>
    /// <param name="classes">The classes that are asked for.</param>
    /// <param name="evidence">Filled; large enough for the window.</param>
    public static void Fill(
        ReadOnlySpan<byte> codes, PixelWindow window, ImmutableArray<LandCoverClass> classes, TileEvidence evidence)
    {
        evidence.Begin(window);
        for (var row = 0; row < window.Height; row++)
        {
            codes.Slice(row * window.Width, window.Width).CopyTo(new(evidence.Codes(row), window.Width));
            foreach (var value in classes)
            {
                NativeMemory.Clear(evidence.Confidence(value, row), (nuint)window.Width);
            }

            NativeMemory.Clear(evidence.Seeds(row), (nuint)window.Width);
        }
    }
}
