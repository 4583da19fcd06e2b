using SpexStream.Domain.Imagery;
using SpexStream.Domain.Journal;
using Xunit;

namespace SpexStream.Tests.Journal;

public sealed class AcceptedStripTests
{
    [Fact]
    public void A_journaled_strip_can_be_handed_to_the_pipeline_again()
    {
        var (scene, strip) = (SampleFacts.Opened().Scene, SampleFacts.Accepted().Strip);
        var info = new RasterInfo
        {
            Path = strip.Path,
            Driver = "GTiff",
            Width = 10980,
            Height = 300,
            Bands = strip.Header.Bands,
            Transform = strip.Header.Transform,
            Crs = scene.Crs,
            BlockWidth = 512,
            BlockHeight = 16,
        };
        Assert.Equal(strip.Header, StripHeader.Of(info));

        var delivery = strip.Delivery(scene);
        Assert.Equal(info, delivery.Info);
        Assert.Equal((strip.Entry(), strip.Path, true), (delivery.Strip, delivery.Path, delivery.EndsPass));
        Assert.Equal((7, -1200, 300, "multihash:1220aa"),
            (delivery.Strip.Index, delivery.Strip.RowOffset, delivery.Strip.Height, delivery.Strip.ContentId));
        Assert.Equal(strip.FileBands, delivery.FileBands);
    }
}
