using SpexStream.Domain.LandCover;
using SpexStream.Domain.Synthesis;
using Xunit;

namespace SpexStream.Tests.Synthesis;

public sealed class TruthCodeTests
{
    private static readonly byte[] Codes =
    [
        TruthCode.OtherLand, TruthCode.Water, TruthCode.PartialWater, TruthCode.Vegetation, TruthCode.BuiltUp,
        TruthCode.Cloud, TruthCode.CloudShadow, TruthCode.Nodata,
    ];

    [Theory]
    [InlineData(LandCoverClass.Water, new byte[] { 0, 1, 0, 0, 0, 255, 255, 255 })]
    [InlineData(LandCoverClass.Vegetation, new byte[] { 0, 0, 255, 1, 0, 255, 255, 255 })]
    [InlineData(LandCoverClass.Buildings, new byte[] { 0, 0, 255, 0, 1, 255, 255, 255 })]
    public void A_mask_is_yes_for_its_class_and_leaves_out_what_cannot_be_scored(LandCoverClass value, byte[] expected)
    {
        var mask = new byte[Codes.Length];

        TruthCode.ToMask(Codes, value, mask);

        Assert.Equal(expected, mask);
    }
}
