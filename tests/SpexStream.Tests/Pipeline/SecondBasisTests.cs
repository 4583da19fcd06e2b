using SpexStream.Daemon.Composition;
using SpexStream.Domain.Backends;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Pixels;
using SpexStream.Pipeline.Scenes;
using SpexStream.Tests.Devices;
using Xunit;

namespace SpexStream.Tests.Pipeline;

/// <summary>Answers with a second opinion are never taken for answers without, whichever process made them.</summary>
public sealed class SecondBasisTests(StripFiles files) : IClassFixture<StripFiles>
{
    private static readonly ProcessingOptions With = new() { Classes = [LandCoverClass.Water], SecondOpinion = true };
    private static readonly ProcessingOptions Without = With with { SecondOpinion = false };

    [Fact]
    public void What_a_tile_rests_on_says_whether_there_is_a_second_opinion()
    {
        Assert.NotEqual(Workshop(With, asksModel: true).Frame, Workshop(Without, asksModel: true).Frame);
        Assert.Equal(Workshop(With, asksModel: false).Frame, Workshop(Without, asksModel: false).Frame);
    }

    [Fact]
    public void Its_plane_lies_behind_those_that_products_show()
    {
        var (with, without) = (Workshop(With, asksModel: true).Planes, Workshop(Without, asksModel: true).Planes);
        Assert.Equal((without.Count, without.Count + 1), (with.Second, with.Count));
        using var evidence = new TileEvidence(64);
        evidence.FillNodata(new(0, 0, 64, 64));
        Assert.Equal([7], with.Take(evidence, [7])[with.Second]);
        var silence = new byte[64 * 64];
        foreach (var planes in new[] { with.Take(evidence, null), with.Empty(evidence.Core) })
        {
            Assert.Equal(with.Count, planes.Length);
            PlaneCodec.Unpack(planes[with.Second], silence);
            Assert.All(silence, code => Assert.Equal(SecondRules.Silence, code));
        }
    }

    private SceneWorkshop Workshop(ProcessingOptions options, bool asksModel)
    {
        var scene = files.Delivery(MadeImagery.SixBands, 1, 0).Scene;
        ITileBackend backend = asksModel
            ? new RuleBackends(new(), options).Create(scene.Imagery)
            : new SpectralBackends(options).Create(scene.Imagery);
        return new(scene, options, backend, new PixelCache(new(1 << 20), 1 << 20), null);
    }
}
