using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SpexStream.Domain.Spie;

/// <summary>
/// Parts a training set by place: the windows of a block of a scene stay together, and a window that shares a pixel
/// with one of another part is left out. What a window is told never depends on other scenes, so a set can grow.
/// </summary>
public static class SpieSplits
{
    /// <summary>Windows of a block, across and down.</summary>
    public const int BlockWindows = 4;

    private const double TrainShare = 0.8;
    private const double ValidationShare = 0.1;

    /// <summary>Name in files: train, val, test.</summary>
    public static string Name(this SpieSplit value) => value switch
    {
        SpieSplit.Train => "train",
        SpieSplit.Validation => "val",
        SpieSplit.Test => "test",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };

    /// <summary>The part of each window; null for one that is left out. Test is never thinned, validation only by test,
    /// train by both.</summary>
    /// <param name="scene">Id of the scene.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <param name="windows">All windows of the scene.</param>
    public static ImmutableDictionary<SpieWindow, SpieSplit?> Of(
        string scene, int seed, IEnumerable<SpieWindow> windows)
    {
        var drawn = windows.Select(window => (Window: window, Split: Draw(scene, seed, window))).ToList();
        // Only near windows can share pixels: at the edge, where one is moved back, it may be the next but one.
        var near = drawn.ToLookup(entry => (entry.Window.Column, entry.Window.Row));
        return drawn.ToImmutableDictionary(entry => entry.Window,
            entry => IsCrowded(entry, near) ? (SpieSplit?)null : entry.Split);
    }

    /// <summary>The part of the block a window lies in.</summary>
    private static SpieSplit Draw(string scene, int seed, SpieWindow window)
    {
        var key = string.Create(
            CultureInfo.InvariantCulture, $"{seed}|{scene}|{window.Column / BlockWindows}|{window.Row / BlockWindows}");
        var hash = BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        var drawn = hash / Math.Pow(2, 64);
        return drawn < TrainShare ? SpieSplit.Train
            : drawn < TrainShare + ValidationShare ? SpieSplit.Validation
            : SpieSplit.Test;
    }

    private static bool IsCrowded(
        (SpieWindow Window, SpieSplit Split) own, ILookup<(int, int), (SpieWindow Window, SpieSplit Split)> near)
    {
        for (var row = own.Window.Row - 2; row <= own.Window.Row + 2; row++)
        {
            for (var column = own.Window.Column - 2; column <= own.Window.Column + 2; column++)
            {
                if (near[(column, row)].Any(other => other.Split > own.Split
                    && !other.Window.Pixels.Intersect(own.Window.Pixels).IsEmpty))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
