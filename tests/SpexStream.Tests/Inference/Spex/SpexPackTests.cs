using SpexStream.Domain.Ports.Models;
using SpexStream.Inference;
using SpexStream.Inference.Spex.Import;
using SpexStream.Inference.Spex.Packs;
using SpexStream.Inference.Spex.Weights;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Inference.Spex;

public sealed class SpexPackTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SpexPackTests() => TinySpex.Write(3, _folder["pack"]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(64, 8)]
    [InlineData(1024, 4000)]
    public void A_tiny_pack_has_room_for_its_picture_a_question_and_its_longest_answer(int side, int tokens)
    {
        using var folder = new TemporaryFolder();
        TinySpex.Write(3, folder["pack"], Precision.Float32, side, tokens);

        using var pack = PackLoader.Load(folder["pack"], [], TimeProvider.System);

        Assert.Null(pack.FaultOf("Where are the lakes?"));
    }

    [Fact]
    public void A_tiny_pack_says_that_it_is_untrained()
    {
        var pack = SpexPack.Load(_folder["pack"]);

        Assert.False(pack.Description.Trained);
        Assert.Contains("untrained", pack.Identity.Name, StringComparison.Ordinal);
        using var session = new Microsoft.ML.OnnxRuntime.InferenceSession(pack.PathOf(SpexPackFiles.Decoder));
        Assert.Equal("false", session.ModelMetadata.CustomMetadataMap["spex.trained"]);
    }

    [Fact]
    public void Equal_seeds_give_equal_packs_and_others_do_not()
    {
        TinySpex.Write(3, _folder["again"]);
        TinySpex.Write(4, _folder["other"]);

        var digest = SpexPack.Load(_folder["pack"]).Identity.Sha256;
        Assert.Equal(digest, SpexPack.Load(_folder["again"]).Identity.Sha256);
        Assert.NotEqual(digest, SpexPack.Load(_folder["other"]).Identity.Sha256);
    }

    [Fact]
    public void Every_file_that_is_missing_or_changed_is_named()
    {
        File.Delete(_folder["pack/vision.onnx.data"]);
        File.AppendAllText(_folder["pack/mask.onnx"], "x");

        var refused = Assert.Throws<ModelRefusedException>(() => SpexPack.Load(_folder["pack"]));

        Assert.Contains(
            refused.Faults, fault => fault.StartsWith("mask.onnx has the SHA-256", StringComparison.Ordinal));
        Assert.Contains("vision.onnx.data is missing", refused.Faults);
    }

    [Theory]
    [InlineData("\"spex:kind\": \"spex\"", "\"spex:kind\": \"other\"", "spex:kind")]
    [InlineData("\"heads\": 4", "\"heads\": \"four\"", "cannot be used")]
    [InlineData("\"trained\": false,", "", "cannot be used")]
    [InlineData("\"nothing\"", "\"nothing\"", "")]
    public void A_description_that_does_not_fit_is_refused(string from, string to, string expected)
    {
        var path = _folder["pack/model.json"];
        File.WriteAllText(path, File.ReadAllText(path).Replace(from, to, StringComparison.Ordinal));

        if (expected.Length == 0)
        {
            Assert.NotNull(SpexPack.Load(_folder["pack"]));
        }
        else
        {
            Assert.Contains(
                expected, Assert.Throws<ModelRefusedException>(() => SpexPack.Load(_folder["pack"])).Message,
                    StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_folder_that_is_there_is_not_written_over() =>
        Assert.Throws<IOException>(() => TinySpex.Write(3, _folder["pack"]));
}
