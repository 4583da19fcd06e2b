using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Products;

namespace SpexStream.Raster.Vector;

/// <summary>GeoJSON features, separated by commas and line ends.</summary>
internal sealed class GeoJsonBatch : IRegionBatch
{
    private static readonly JsonEncodedText[] TextNames = [.. RegionFields.Texts.Select(f => JsonEncodedText.Encode(f.Name))];
    private static readonly JsonEncodedText[] IntegerNames = [.. RegionFields.Integers.Select(f => JsonEncodedText.Encode(f.Name))];
    private static readonly JsonEncodedText[] RealNames = [.. RegionFields.Reals.Select(f => JsonEncodedText.Encode(f.Name))];
    private readonly ChunkedBuffer _buffer = new();
    private readonly Utf8JsonWriter _json;

    public GeoJsonBatch() => _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions
    {
        SkipValidation = true,
        // The file is GeoJSON, never part of a web page: letters beyond ASCII stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Whether no region was added.</summary>
    public bool IsEmpty => _buffer.IsEmpty;

    /// <summary>Writes the features.</summary>
    public void CopyTo(Stream stream) => _buffer.CopyTo(stream);

    public void Add(RegionFacts facts, GroundShape? shape, string text)
    {
        if (!_buffer.IsEmpty)
        {
            _buffer.Write(",\n"u8);
        }

        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("type"u8, "Feature"u8);
        _json.WriteString("id"u8, facts.Id);
        _json.Flush();
        // The coordinates go past the JSON writer, which would hold them all in one piece.
        _buffer.Write(",\"geometry\":"u8);
        if (shape is null)
        {
            _buffer.Write("null"u8);
        }
        else
        {
            CoordinateText.Write(shape, _buffer);
        }

        _buffer.Write(",\"properties\":"u8);
        _json.Reset();
        WriteProperties(facts, text);
        _json.Flush();
        _buffer.Write("}"u8);
    }

    public void Clear() => _buffer.Clear();

    public void Dispose() => _json.Dispose();

    private void WriteProperties(RegionFacts facts, string text)
    {
        _json.WriteStartObject();
        for (var i = 0; i < TextNames.Length; i++)
        {
            _json.WriteString(TextNames[i], RegionFields.Texts[i].Value(facts, text));
        }

        for (var i = 0; i < IntegerNames.Length; i++)
        {
            _json.WriteNumber(IntegerNames[i], RegionFields.Integers[i].Value(facts));
        }

        for (var i = 0; i < RealNames.Length; i++)
        {
            var (_, digits, value) = RegionFields.Reals[i];
            if (value(facts) is var number && !double.IsNaN(number))
            {
                _json.WriteNumber(RealNames[i], Math.Round(number, digits));
            }
        }

        _json.WriteEndObject();
    }
}
