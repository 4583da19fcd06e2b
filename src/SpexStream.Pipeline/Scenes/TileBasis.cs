using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// What the answer of a tile rests on, as one number: the pixels (content and place of every strip that its window and
/// halo meet), the findings, the backend and what is kept of an answer. Equal numbers, equal answers: so an answer that
/// lies in the work folder is used again after a restart, and only tiles that a late or replaced strip touches are done
/// anew.
/// </summary>
internal static class TileBasis
{
    /// <summary>What no other answer rests on: rules have answered where a model should have, and whoever needs the
    /// tile once more asks the model.</summary>
    public static UInt128 OfRules => UInt128.One;

    /// <summary>The basis of a tile.</summary>
    /// <param name="frame">What is the same for all tiles of the scene: backend, classes, planes.</param>
    /// <param name="tile">The tile.</param>
    /// <param name="grid">The scene's tiles.</param>
    /// <param name="strips">The strips in use.</param>
    /// <param name="findings">What the classification goes by.</param>
    public static UInt128 Of(string frame, TileIndex tile, TileGrid grid, StripSet strips, ISceneFindings findings)
    {
        var core = grid.Core(tile);
        var window = new PixelWindow(
            core.Column - grid.Halo, core.Row - grid.Halo, core.Width + (2 * grid.Halo), core.Height + (2 * grid.Halo))
            .Intersect(grid.Bounds);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{frame}\n{core}\n{window}\n{findings.Fingerprint}");
        foreach (var strip in strips.ByRow.Where(strip => !strip.Window.Intersect(window).IsEmpty))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{strip.RowOffset} {strip.Info.Height} {strip.Identity}");
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
