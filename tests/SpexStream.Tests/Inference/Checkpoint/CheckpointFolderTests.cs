using SpexStream.Inference.Checkpoint;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Inference.Checkpoint;

public sealed class CheckpointFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_checkpoint_in_one_piece_is_opened()
    {
        Write(CheckpointFolder.SingleFile, ("w", "F32", [1], MadeCheckpoint.Bytes(3f)));
        using var folder = CheckpointFolder.Open(_folder.Root);
        Assert.Equal([3f], folder.Tensors["w"].ReadAll());
    }

    [Fact]
    public void A_checkpoint_in_several_pieces_is_opened_as_one()
    {
        WritePieces();
        WriteIndex("{\"metadata\":{\"total_size\":8},\"weight_map\":{\"a\":\"one\",\"b\":\"two\"}}");
        using var folder = CheckpointFolder.Open(_folder.Root);
        Assert.Equal(["a", "b"], folder.Tensors.Keys);
        Assert.Equal([2f], folder.Tensors["b"].ReadAll());
    }

    [Theory]
    [InlineData("{\"weight_map\":{\"a\":\"one\",\"b\":\"one\"}}", "'b' is not in one")]
    [InlineData("{\"weight_map\":{\"a\":\"one\",\"b\":\"two\",\"c\":\"two\"}}", "'c' is not in two")]
    [InlineData("{\"weight_map\":{\"a\":\"one\"}}", "")]
    [InlineData("{\"weight_map\":{\"a\":\"one\",\"b\":\"three\"}}", "three: cannot be read")]
    [InlineData("{\"weight_map\":{\"a\":\"../one\"}}", "no file of the folder")]
    [InlineData("{\"weight_map\":{\"a\":5}}", "no file of the folder")]
    [InlineData("{\"weight_map\":{\"a\":\"one\",\"a\":\"two\"}}", "'a' is listed twice")]
    [InlineData("{\"weight_map\":{}}", "lists no tensors")]
    [InlineData("{\"weights\":{}}", "has no object 'weight_map'")]
    [InlineData("[", "is not JSON")]
    public void A_list_that_does_not_fit_its_files_is_refused(string index, string fault)
    {
        WritePieces();
        WriteIndex(index);
        if (fault.Length == 0)
        {
            // A file that the list does not name is none of the checkpoint's.
            CheckpointFolder.Open(_folder.Root).Dispose();
            return;
        }

        var error = Assert.Throws<CheckpointException>(() => CheckpointFolder.Open(_folder.Root));
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_of_a_listed_file_that_the_list_does_not_name_is_a_fault()
    {
        Write("one", ("a", "F32", [1], new byte[4]), ("stray", "F32", [1], new byte[4]));
        WriteIndex("{\"weight_map\":{\"a\":\"one\"}}");
        var error = Assert.Throws<CheckpointException>(() => CheckpointFolder.Open(_folder.Root));
        Assert.Contains("'stray' of one is not listed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_is_refused() => Assert.Contains(
        "neither model.safetensors nor",
        Assert.Throws<CheckpointException>(() => CheckpointFolder.Open(_folder.Root)).Message,
        StringComparison.Ordinal);

    private void WritePieces()
    {
        Write("one", ("a", "F32", [1], MadeCheckpoint.Bytes(1f)));
        Write("two", ("b", "F32", [1], MadeCheckpoint.Bytes(2f)));
    }

    private void Write(string name, params (string, string, long[], byte[])[] tensors) =>
        File.WriteAllBytes(_folder[name], MadeCheckpoint.File(tensors));

    private void WriteIndex(string json) => File.WriteAllText(_folder[CheckpointFolder.IndexFile], json);
}
