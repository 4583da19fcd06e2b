using System.Text.Json;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Products;

namespace SpexStream.Raster.Vector;

/// <summary>Regions as a GeoJSON feature collection (RFC 7946), written as it comes.</summary>
internal sealed class GeoJsonWriter : IRegionWriter
{
    // A ten-millionth of a degree is about a centimetre.
    private const int CoordinateDigits = 7;
    private const int FlushBytes = 1 << 20;
    private readonly FileStream _stream;
    private readonly Utf8JsonWriter _json;

    public GeoJsonWriter(string path)
    {
        _stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        _json = new Utf8JsonWriter(_stream, new JsonWriterOptions { SkipValidation = true });
        _json.WriteStartObject();
        _json.WriteString("type"u8, "FeatureCollection"u8);
        _json.WriteStartArray("features"u8);
    }

    public void Add(RegionFacts facts, GroundShape? shape, string text)
    {
        _json.WriteStartObject();
        _json.WriteString("type"u8, "Feature"u8);
        _json.WriteString("id"u8, facts.Id);
        _json.WritePropertyName("geometry"u8);
        WriteGeometry(shape);
        _json.WriteStartObject("properties"u8);
        foreach (var (name, value) in RegionFields.Texts)
        {
            _json.WriteString(name, value(facts, text));
        }

        foreach (var (name, value) in RegionFields.Integers)
        {
            _json.WriteNumber(name, value(facts));
        }

        foreach (var (name, digits, value) in RegionFields.Reals)
        {
            var number = value(facts);
            if (!double.IsNaN(number))
            {
                _json.WriteNumber(name, Math.Round(number, digits));
            }
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
        if (_json.BytesPending > FlushBytes)
        {
            _json.Flush();
        }
    }

    public void Complete()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        _stream.Flush();
    }

    public void Dispose()
    {
        _json.Dispose();
        _stream.Dispose();
    }

    private void WriteGeometry(GroundShape? shape)
    {
        if (shape is null)
        {
            _json.WriteNullValue();
            return;
        }

        _json.WriteStartObject();
        _json.WriteString("type"u8, "MultiPolygon"u8);
        _json.WriteStartArray("coordinates"u8);
        var (ring, position) = (0, 0);
        foreach (var polygonEnd in shape.PolygonEnds)
        {
            _json.WriteStartArray();
            for (; ring < polygonEnd; ring++)
            {
                _json.WriteStartArray();
                for (; position < shape.RingEnds[ring]; position++)
                {
                    _json.WriteStartArray();
                    _json.WriteNumberValue(Math.Round(shape.Coordinates[2 * position], CoordinateDigits));
                    _json.WriteNumberValue(Math.Round(shape.Coordinates[(2 * position) + 1], CoordinateDigits));
                    _json.WriteEndArray();
                }

                _json.WriteEndArray();
            }

            _json.WriteEndArray();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }
}
