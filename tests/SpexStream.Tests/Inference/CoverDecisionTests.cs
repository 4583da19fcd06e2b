using System.Text.Json.Nodes;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Inference.Onnx;
using Xunit;

namespace SpexStream.Tests.Inference;

/// <summary>From what a model gives to cover codes and confidence. The models of these tests give back what they
/// get.</summary>
public sealed class CoverDecisionTests
{
    private const int Edge = 64;

    [Fact]
    public void Of_exclusive_classes_the_most_probable_wins_and_says_how_sure_it_is()
    {
        using var pack = Echo(["land", "water", "cloud"], "logits", exclusive: true);

        Assert.Equal((CoverCode.Water, (byte)84), Decide(pack, 0, 2, -1));
        Assert.Equal((CoverCode.Land, (byte)89), Decide(pack, 2, 0, -1));
        Assert.Equal((CoverCode.Cloud, (byte)255), Decide(pack, 0, 1, 5));
    }

    [Fact]
    public void Several_classes_of_a_model_may_be_one_of_ours_and_add_up()
    {
        using var pack = Echo(["land", "river", "sea"], "probabilities", exclusive: true, "land", "water", "water");

        Assert.Equal((CoverCode.Water, (byte)60), Decide(pack, 0.4f, 0.3f, 0.3f));
    }

    [Fact]
    public void Below_the_threshold_or_where_the_model_says_nothing_there_is_no_answer()
    {
        using var pack = Echo(["land", "water", "other"], "probabilities", exclusive: true, "land", "water", "none");
        pack.Output["classification:classes"]![1]!["spex:threshold"] = 0.7;

        Assert.Equal((CoverCode.Water, (byte)80), Decide(pack, 0.1f, 0.8f, 0.1f));
        Assert.Equal((CoverCode.Undecided, (byte)255), Decide(pack, 0.2f, 0.6f, 0.2f));
        Assert.Equal((CoverCode.Undecided, (byte)255), Decide(pack, 0.2f, 0.1f, 0.7f));
    }

    [Fact]
    public void Independent_classes_hold_together_and_a_reason_beats_them()
    {
        using var pack = Echo(["water", "vegetation", "cloud"], "logits", exclusive: false);

        Assert.Equal(((byte)(CoverCode.Water | CoverCode.Vegetation), (byte)88), Decide(pack, 2, 1, -9));
        Assert.Equal((CoverCode.Vegetation, (byte)88), Decide(pack, -2, 0, -9));
        Assert.Equal((CoverCode.Land, (byte)50), Decide(pack, -0.001f, -1, -9));
        Assert.Equal((CoverCode.Cloud, (byte)255), Decide(pack, 9, 9, 0.1f));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_no_number_gives_no_answer(bool exclusive)
    {
        using var pack = Echo(["land", "water", "cloud"], "logits", exclusive);

        Assert.Equal((CoverCode.Undecided, (byte)255), Decide(pack, 1, float.NaN, 0));
        Assert.Equal((CoverCode.Undecided, (byte)255), Decide(pack, float.NaN, 1, 0));
    }

    private static TestPack Echo(string[] names, string values, bool exclusive, params string[] meanings)
    {
        var graph = new GraphBuilder("echo");
        var pixels = graph.Input("pixels", ElementType.Float32, "batch", 3, "height", "width");
        graph.Output("answer", graph.Node("Identity", [pixels]), ElementType.Float32, "batch", 3, "height", "width");
        var pack = TestPack.Of(graph, ["green", "red", "nir"], names, values, exclusive);
        for (var i = 0; i < meanings.Length; i++)
        {
            pack.Output["classification:classes"]![i]!["spex:class"] = JsonValue.Create(meanings[i]);
        }

        return pack;
    }

    // The code, and the confidence in the decision on water.
    private static (byte Code, byte Confidence) Decide(TestPack pack, float first, float second, float third)
    {
        float[] values = [first, second, third];
        var scene = new TestScene(
            Edge, Edge, TestScene.Reflectance(PixelType.Float32, 1, 0, null, "green", "red", "nir"),
                (band, _, _) => values[band]);
        using var model = pack.Load();
        var found = scene.Classify(model.BackendFor(scene.Imagery, new LearnedOptions()), Edge);
        return (Assert.Single(found.Codes.Distinct()), Assert.Single(found.Water.Distinct()));
    }
}
