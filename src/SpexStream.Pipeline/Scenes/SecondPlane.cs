using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;

namespace SpexStream.Pipeline.Scenes;

/// <summary>What a second backend says of a tile that is asked about in parts; silent where it was not asked. One
/// thread at a time.</summary>
internal sealed unsafe class SecondPlane
{
    private readonly PixelWindow _core;
    private readonly byte[] _codes;

    /// <summary>Begins in silence.</summary>
    public SecondPlane(PixelWindow core)
    {
        (_core, _codes) = (core, new byte[core.Width * core.Height]);
        Array.Fill(_codes, SecondRules.Silence);
    }

    /// <summary>Packs what is said of a whole tile.</summary>
    public static byte[] Pack(TileEvidence evidence) =>
        PlaneCodec.Pack(evidence.Codes(0), evidence.Core, evidence.Stride);

    /// <summary>Takes what is said of a part as wide as the tile.</summary>
    public void Take(TileEvidence part)
    {
        for (var row = 0; row < part.Core.Height; row++)
        {
            new ReadOnlySpan<byte>(part.Codes(row), _core.Width).CopyTo(
                _codes.AsSpan((row + part.Core.Row - _core.Row) * _core.Width));
        }
    }

    /// <summary>Says nothing of some rows again.</summary>
    public void Silence(PixelWindow part) => _codes.AsSpan(
        (part.Row - _core.Row) * _core.Width, part.Height * _core.Width).Fill(SecondRules.Silence);

    /// <summary>Packs all of it.</summary>
    public byte[] Pack()
    {
        fixed (byte* codes = _codes)
        {
            return PlaneCodec.Pack(codes, _core, _core.Width);
        }
    }
}
