using System.Text.Json.Nodes;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Packs;
using Xunit;

namespace SpexStream.Tests.Inference;

/// <summary>Every mistake in a description is told, with its place and what to do.</summary>
public sealed class PackReaderTests
{
    [Fact]
    public void A_description_is_read_as_it_stands()
    {
        using var pack = TestPack.Ndwi(0.1f);
        pack.Properties["mlm:architecture"] = "U-Net";
        pack.Input["value_scaling"] = JsonNode.Parse(
            """[{"type": "z-score", "mean": 0.2, "stddev": 0.1}, {"type": "min-max", "minimum": -1, "maximum": 3}]""");
        pack.Input["spex:clip"] = JsonNode.Parse("""{"minimum": 0, "maximum": 1}""");
        pack.Write();

        var read = PackFiles.Read(pack.Folder);

        Assert.Equal(
            ("test-net", "1.2.0", "U-Net"), (read.Identity.Name, read.Identity.Version, read.Description.Architecture));
        Assert.Equal([new BandScaling(0, 1, 0.2, 0.1), new BandScaling(0, 1, -1, 4)],
            read.Description.Input.Scaling.AsEnumerable());
        Assert.Equal(
            [new PackClass(0, "water", CoverTarget.Water, 0.5)], read.Description.Output.Classes.AsEnumerable());
        Assert.Equal(64, read.Identity.Sha256.Length);
    }

    [Fact]
    public void Another_byte_anywhere_is_another_model()
    {
        using var pack = TestPack.Ndwi(0.1f);
        using var other = TestPack.Ndwi(0.2f);
        pack.Write();
        other.Write();
        var first = PackFiles.Read(pack.Folder).Identity;
        Assert.NotEqual(first.Sha256, PackFiles.Read(other.Folder).Identity.Sha256);
        Assert.Equal(first, PackFiles.Read(pack.Folder).Identity);

        pack.Properties["comment"] = "retouched";
        pack.Write();
        Assert.NotEqual(first.Sha256, PackFiles.Read(pack.Folder).Identity.Sha256);
    }

    [Fact]
    public void All_faults_are_told_at_once_each_with_its_place()
    {
        using var pack = TestPack.Ndwi(0);
        pack.Properties.AsObject().Remove("mlm:name");
        pack.Properties["version"] = 3;
        pack.Properties["mlm:tasks"] = new JsonArray("object-detection");
        pack.Properties["spex:kinds"] = "segmentation";
        pack.Input["bands"] = new JsonArray("green", "thermal");
        pack.Input["resize_type"] = "crop";
        pack.Input["input"]!["dim_order"] = new JsonArray("batch", "height", "width", "bands");
        pack.Input["value_scaling"] = JsonNode.Parse("""[{"type": "z-score", "mean": 1, "stddev": 0}]""");
        pack.Output["classification:classes"] = JsonNode.Parse("""[{"value": 1, "name": "river", "spex:threshold": 2}]""");
        pack.Output.AsObject().Remove("spex:values");
        pack.Properties["spex:tiling"] = JsonNode.Parse("""{"window": 64, "overlap": 40, "multiple": 3}""");
        pack.Description["assets"]!["model"]!["href"] = "../other/model.onnx";
        pack.Description["assets"]!["model"]!["file:checksum"] = "1340";

        var faults = Assert.Throws<ModelRefusedException>(() => pack.Load()).Faults;

        string[] expected =
        [
            "model.json: properties.spex:kinds is unknown; known here: spex:kind, spex:tiling",
            "model.json: properties.mlm:name is missing; give a text",
            "model.json: properties.version must be a text",
            "model.json: properties.mlm:tasks does not name semantic-segmentation",
            "model.json: properties.mlm:input[0].bands[1] is 'thermal', no common name; they are coastal, blue,",
            "model.json: properties.mlm:input[0].resize_type is given, and no resizing is done",
            "model.json: properties.mlm:input[0].input.dim_order is batch height width bands; only batch, channels, height, width",
            "model.json: properties.mlm:input[0].value_scaling[0].stddev is 0; it takes a number other than 0",
            "model.json: properties.mlm:output[0].classification:classes[0].spex:class is missing; it takes water or vegetation",
            "model.json: properties.mlm:output[0].classification:classes[0].spex:threshold is 2; it takes a number from 0 to 1",
            "model.json: properties.mlm:output[0].classification:classes must have the values 0 to 0, each once",
            "model.json: properties.mlm:output[0].spex:values is missing; it takes logits or probabilities",
            "model.json: properties.spex:tiling.multiple is 3; it takes a power of two",
            "model.json: properties.spex:tiling.overlap is 40 of a window of 64; it takes at most 31",
            "model.json: assets.model.href is '../other/model.onnx'; the graph is a file in the pack's own folder",
            "model.json: assets.model.file:checksum is no multihash of SHA-256",
        ];
        Assert.All(
            expected, start => Assert.Contains(faults, fault => fault.StartsWith(start, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, faults.Length);
    }

    [Theory]
    [InlineData("""{"overlap": 16, "merge": "blend"}""", "window is missing; blending needs windows of a fixed edge")]
    [InlineData("""{"overlap": 16, "merge": "blend", "window": 60}""", "overlap is 16 of a window of 60; it takes at most 15")]
    [InlineData("""{"overlap": 15, "window": 64, "multiple": 4}""", "a window of 64 and its step of 34 must be multiples of 4")]
    [InlineData("""{"window": 64}""", "overlap is missing; it takes a whole number from 0 to 1024")]
    [InlineData("""{"overlap": 0, "merge": "mean"}""", "merge is \"mean\"; it takes crop or blend")]
    public void Windows_that_cannot_be_laid_are_told(string tiling, string reason)
    {
        using var pack = TestPack.Ndwi(0);
        pack.Properties["spex:tiling"] = JsonNode.Parse(tiling);

        Assert.Contains(
            reason, Assert.Throws<ModelRefusedException>(() => pack.Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kind_that_this_version_does_not_know_is_named()
    {
        using var pack = TestPack.Ndwi(0);
        pack.Properties["spex:kind"] = "oracle";

        Assert.Contains("spex:kind is 'oracle'", Assert.Throws<ModelRefusedException>(() => pack.Load()).Message,
            StringComparison.Ordinal);
    }
}
