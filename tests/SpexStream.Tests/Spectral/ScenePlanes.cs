using SpexStream.Domain.LandCover;
using SpexStream.Domain.Spectral;
using Xunit;

namespace SpexStream.Tests.Spectral;

/// <summary>Everything that a backend says of a scene, put together from its tiles.</summary>
internal sealed unsafe class ScenePlanes(int width, int height)
{
    public byte[] Codes { get; } = new byte[width * height];

    public byte[] Seeds { get; } = new byte[width * height];

    public byte[] Diagnostics { get; } = new byte[width * height];

    public Dictionary<LandCoverClass, byte[]> Confidence { get; } =
        LandCoverClasses.All.ToDictionary(value => value, _ => new byte[width * height]);

    public Dictionary<IndexKind, short[]> Index { get; } =
        Enum.GetValues<IndexKind>().ToDictionary(kind => kind, _ => new short[width * height]);

    public void Take(TileEvidence evidence, SpectralBackend backend)
    {
        var core = evidence.Core;
        for (var row = 0; row < core.Height; row++)
        {
            var at = ((core.Row + row) * width) + core.Column;
            new Span<byte>(evidence.Codes(row), core.Width).CopyTo(Codes.AsSpan(at));
            new Span<byte>(evidence.Seeds(row), core.Width).CopyTo(Seeds.AsSpan(at));
            new Span<byte>(evidence.Diagnostics(row), core.Width).CopyTo(Diagnostics.AsSpan(at));
            foreach (var value in backend.AnsweredClasses)
            {
                new Span<byte>(evidence.Confidence(value, row), core.Width).CopyTo(Confidence[value].AsSpan(at));
            }

            foreach (var kind in backend.Indices)
            {
                new Span<short>(evidence.Index(kind, row), core.Width).CopyTo(Index[kind].AsSpan(at));
            }
        }
    }

    public void ShouldEqual(ScenePlanes other)
    {
        Assert.Equal(other.Codes, Codes);
        Assert.Equal(other.Seeds, Seeds);
        Assert.Equal(other.Diagnostics, Diagnostics);
        foreach (var value in LandCoverClasses.All)
        {
            Assert.Equal(other.Confidence[value], Confidence[value]);
        }

        foreach (var kind in Enum.GetValues<IndexKind>())
        {
            Assert.Equal(other.Index[kind], Index[kind]);
        }
    }
}
