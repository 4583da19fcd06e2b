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
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 16);
    private readonly CoordinateText _coordinates = new();
    private readonly Utf8JsonWriter _json;

    public GeoJsonBatch() => _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions
    {
        SkipValidation = true,
        // The file is GeoJSON, never part of a web page: letters beyond ASCII stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The features' bytes; valid until the batch is disposed.</summary>
    public ReadOnlySpan<byte> Features
    {
        get
        {
            _json.Flush();
            return _buffer.WrittenSpan;
        }
    }

    public void Add(RegionFacts facts, GroundShape? shape, string text)
    {
        _json.Flush();
        if (_buffer.WrittenCount > 0)
        {
            _buffer.Write(",\n"u8);
        }

        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("type"u8, "Feature"u8);
        _json.WriteString("id"u8, facts.Id);
        _json.WritePropertyName("geometry"u8);
        if (shape is null)
        {
            _json.WriteNullValue();
        }
        else
        {
            _json.WriteRawValue(_coordinates.Write(shape), skipInputValidation: true);
        }

        WriteProperties(facts, text);
        _json.WriteEndObject();
    }

    public void Dispose() => _json.Dispose();

    private void WriteProperties(RegionFacts facts, string text)
    {
        _json.WriteStartObject("properties"u8);
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
