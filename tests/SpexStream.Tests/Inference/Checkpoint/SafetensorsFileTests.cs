using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SpexStream.Inference.Checkpoint;
using SpexStream.Inference.Onnx;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Inference.Checkpoint;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tensors_of_every_type_are_read()
    {
        using var file = Open(MadeCheckpoint.File(
            ("a", "F32", [2, 2], MadeCheckpoint.Bytes(1f, -2.5f, 0f, 1e-30f)),
            ("b", "F16", [3], MadeCheckpoint.Bytes((Half)0.5f, (Half)65504f, Half.Epsilon)),
            ("c", "BF16", [2, 1], MadeCheckpoint.Bytes<ushort>(0x3FC0, 0xC000)),
            ("d", "I64", [], MadeCheckpoint.Bytes(-7L)),
            ("e", "U8", [0, 4], []),
            ("f", "U8", [1], [200])));
        Assert.Equal([1f, -2.5f, 0f, 1e-30f], file.Tensors["a"].ReadAll());
        Assert.Equal([0.5f, 65504f, (float)Half.Epsilon], file.Tensors["b"].ReadAll());
        Assert.Equal([1.5f, -2f], file.Tensors["c"].ReadAll());
        Assert.Equal([-7L], file.Tensors["d"].ReadAllInt64());
        Assert.Empty(file.Tensors["e"].ReadAllBytes());
        Assert.Equal([200], file.Tensors["f"].ReadAllBytes());
        Assert.Equal([2L, 1L], file.Tensors["c"].Shape.ToArray());
        Assert.Equal(1, file.Tensors["d"].Count);
    }

    [Fact]
    public void Every_bfloat16_becomes_the_float32_of_the_same_bits()
    {
        var halves = Enumerable.Range(0, 65536).Select(bits => (ushort)bits).ToArray();
        using var file = Open(MadeCheckpoint.File(("w", "BF16", [65536], MadeCheckpoint.Bytes(halves))));
        var values = MemoryMarshal.Cast<float, uint>(file.Tensors["w"].ReadAll());
        for (var i = 0; i < halves.Length; i++)
        {
            Assert.Equal((uint)i << 16, values[i]);
        }
    }

    [Fact]
    public void A_run_can_be_read_from_the_middle_and_over_many_pieces()
    {
        var numbers = Enumerable.Range(0, 2_500_000).Select(i => (float)i).ToArray();
        using var file = Open(MadeCheckpoint.File(("w", "F32", [numbers.Length], MadeCheckpoint.Bytes(numbers))));
        var values = new float[2_400_001];
        file.Tensors["w"].Read(99_999, values);
        Assert.Equal(numbers[99_999..][..values.Length], values);
        using var written = new MemoryStream();
        file.Tensors["w"].WriteTo(written, ElementType.Float32);
        Assert.Equal(MadeCheckpoint.Bytes(numbers), written.ToArray());
    }

    [Fact]
    public void Writing_as_float16_rounds_half_to_even()
    {
        float[] values = [1f, 1f + (1f / 2048), 1f + (3f / 2048), -1e-8f, 65519f];
        using var file = Open(MadeCheckpoint.File(("w", "F32", [5], MadeCheckpoint.Bytes(values))));
        using var written = new MemoryStream();
        file.Tensors["w"].WriteTo(written, ElementType.Float16);
        Half[] expected = [(Half)1f, (Half)1f, (Half)(1f + (4f / 2048)), Half.NegativeZero, (Half)65504f];
        Assert.Equal(MadeCheckpoint.Bytes(expected), written.ToArray());
    }

    [Theory]
    [InlineData(float.NaN, ElementType.Float32, "NaN at element 2")]
    [InlineData(float.NegativeInfinity, ElementType.Float32, "at element 2, which is not a number")]
    [InlineData(-70000f, ElementType.Float16, "-70000 at element 2, beyond")]
    public void A_weight_that_cannot_be_computed_with_is_refused_by_name(float value, ElementType type, string fault)
    {
        using var file = Open(MadeCheckpoint.File(("w", "F32", [4], MadeCheckpoint.Bytes(1f, 2f, value, 3f))));
        var error = Assert.Throws<CheckpointException>(() => file.Tensors["w"].WriteTo(Stream.Null, type));
        Assert.Contains("tensor 'w'", error.Message, StringComparison.Ordinal);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1]", "not a JSON object")]
    [InlineData("{\"w\":", "not JSON")]
    [InlineData("{} x", "not JSON")]
    [InlineData("{\"w\":3}", "'w' is not described by an object")]
    [InlineData("{\"w\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}", "dtype 'F64'")]
    [InlineData("{\"w\":{\"shape\":[1],\"data_offsets\":[0,8]}}", "has no dtype")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", "has no shape")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}", "has no shape")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4,8]}}", "no pair of data_offsets")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"more\":1}}", "field 'more'")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"shape\":[2],\"data_offsets\":[0,8]}}", "shape twice")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", "before it begins")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}", "ends at byte 12 of 8")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", "[3] of Float32 asks for 12")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}", "2^63")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "4 bytes after tensor 'w'")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", "4 bytes between the header")]
    [InlineData("{}", "8 bytes after the header")]
    [InlineData(
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
        + "\"v\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "'v' overlaps tensor 'w'")]
    [InlineData(
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
        + "\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "'w' is there twice")]
    public void A_wrong_header_is_refused_and_its_fault_named(string header, string fault) =>
        Assert.Contains(fault, Refusal(MadeCheckpoint.File(header, new byte[8])), StringComparison.Ordinal);

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var header =
            "{\"a\":{\"dtype\":\"F8\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1]}}";
        var refusal = Refusal(MadeCheckpoint.File(header, new byte[8]));
        Assert.Contains("'a' has dtype 'F8'", refusal, StringComparison.Ordinal);
        Assert.Contains("'b' has no pair", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_longer_than_the_file_or_than_any_model_needs_is_not_read()
    {
        var prefix = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, ulong.MaxValue);
        Assert.Contains("only 16 bytes in all", Refusal(prefix), StringComparison.Ordinal);
        Assert.Contains("has 3 bytes", Refusal([1, 2, 3]), StringComparison.Ordinal);
        using (var sparse = File.Create(_folder["large"]))
        {
            sparse.SetLength(10L << 30);
            BinaryPrimitives.WriteUInt64LittleEndian(prefix, 9UL << 30);
            sparse.Write(prefix);
        }

        var error = Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(_folder["large"]));
        Assert.Contains("are the most", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() => Assert.Contains(
        "nowhere", Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(_folder["nowhere"])).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_view_outlives_its_file_and_refuses_use_after_its_own_end()
    {
        var file = Open(MadeCheckpoint.File(("w", "U8", [3], [1, 2, 3])));
        var view = file.Tensors["w"].Map(1, 2);
        file.Dispose();
        Assert.Equal([2, 3], view.Bytes.ToArray());
        view.Dispose();
        view.Dispose();
        Assert.Throws<ObjectDisposedException>(() => view.Bytes.Length);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Open(MadeCheckpoint.File(("w", "U8", [3], [1, 2, 3]))).Tensors["w"].Map(2, 2));
    }

    private string Refusal(byte[] content) => Assert.Throws<CheckpointException>(() => Open(content)).Message;

    private SafetensorsFile Open(byte[] content)
    {
        var path = _folder[Guid.NewGuid().ToString("N")];
        File.WriteAllBytes(path, content);
        return SafetensorsFile.Open(path);
    }
}
