using System.Globalization;

namespace SpexStream.Inference.Onnx;

/// <summary>A weight that is kept in a file beside the graph (ONNX IR, section "External Tensor Data").</summary>
internal sealed record ExternalWeight(TensorProto Tensor, long Bytes, WeightWriter Write)
{
    // Aligned to pages, so that a runtime may map the file instead of reading it.
    private const long Alignment = 4096;

    public void WriteTo(FileStream file, string fileName)
    {
        var offset = (file.Position + Alignment - 1) / Alignment * Alignment;
        file.SetLength(offset);
        file.Position = offset;
        Write(file);
        GraphBuilder.RequireLength(Tensor.Name, Bytes, file.Position - offset);
        Tensor.DataLocation = TensorProto.Types.DataLocation.External;
        Tensor.ExternalData.Clear();
        Tensor.ExternalData.Add(Entry("location", fileName));
        Tensor.ExternalData.Add(Entry("offset", offset.ToString(CultureInfo.InvariantCulture)));
        Tensor.ExternalData.Add(Entry("length", Bytes.ToString(CultureInfo.InvariantCulture)));
    }

    public bool IsLike(ExternalWeight other) =>
        Tensor.DataType == other.Tensor.DataType && Tensor.Dims.Equals(other.Tensor.Dims);

    public void PlaceAs(ExternalWeight other)
    {
        Tensor.DataLocation = TensorProto.Types.DataLocation.External;
        Tensor.ExternalData.Clear();
        Tensor.ExternalData.Add(other.Tensor.ExternalData);
    }

    private static StringStringEntryProto Entry(string key, string value) => new() { Key = key, Value = value };
}
