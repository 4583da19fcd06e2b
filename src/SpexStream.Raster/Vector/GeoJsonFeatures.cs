using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SpexStream.Raster.Vector;

/// <summary>Features of one batch after the other as GeoJSON text (RFC 7946), each but the very first behind a comma.
/// One thread.</summary>
internal sealed class GeoJsonFeatures(OrderedFile file)
{
    private const int PositionsAtOnce = 512;

    // The file is GeoJSON, never part of a web page: letters beyond ASCII stay readable.
    private static readonly JavaScriptEncoder Escapes = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    // ASCII that needs no escape, and the bytes of the degree sign and the raised two, which nearly every text has.
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', 95).Select(letter => (byte)letter).Except("\"\\"u8.ToArray()), 0xC2, 0xB0, 0xB2]);

    private static readonly byte[][] TextNames = Names(RegionFields.Texts.Select(field => field.Name));
    private static readonly byte[][] IntegerNames = Names(RegionFields.Integers.Select(field => field.Name));
    private static readonly byte[][] RealNames = Names(RegionFields.Reals.Select(field => field.Name));
    private byte[] _chunk = [];
    private int _used;
    private int _number;

    private bool _isFirst;

    /// <summary>Begins a batch; number 0 holds the file's first feature.</summary>
    public void Open(int number) => (_number, _isFirst, _used, _chunk) = (number, number == 0, 0, file.Rent());

    /// <summary>Begins a feature; its geometry follows.</summary>
    public void BeginFeature(ReadOnlySpan<byte> id)
    {
        Put(_isFirst ? "\n"u8 : ",\n"u8);
        _isFirst = false;
        Put("{\"type\":\"Feature\",\"id\":"u8);
        PutText(id);
        Put(",\"geometry\":"u8);
    }

    /// <summary>A feature without place.</summary>
    public void NoGeometry() => Put("null"u8);

    /// <summary>Begins the only geometry; its polygons follow.</summary>
    public void BeginGeometry() => Put("{\"type\":\"MultiPolygon\",\"coordinates\":["u8);

    /// <summary>Begins a polygon; its rings follow.</summary>
    public void BeginPolygon(bool isFirst) => Put(isFirst ? "["u8 : ",["u8);

    /// <summary>Begins a ring; its positions follow, in any number of pieces.</summary>
    public void BeginRing(bool isFirst) => Put(isFirst ? "["u8 : ",["u8);

    /// <summary>Positions of the ring.</summary>
    public void Positions(ReadOnlySpan<double> positions, bool isFirst)
    {
        while (!positions.IsEmpty)
        {
            Put(isFirst ? ""u8 : ","u8);
            var piece = positions[..Math.Min(positions.Length, 2 * PositionsAtOnce)];
            var text = Room(piece.Length / 2 * CoordinateText.Longest);
            _used += CoordinateText.Write(piece, text);
            positions = positions[piece.Length..];
            isFirst = false;
        }
    }

    /// <summary>Ends a ring or a polygon.</summary>
    public void End() => Put("]"u8);

    /// <summary>Ends the geometry.</summary>
    public void EndGeometry() => Put("]}"u8);

    /// <summary>Ends the feature with its properties.</summary>
    public void EndFeature(RegionAttributes attributes)
    {
        Put(",\"properties\":{"u8);
        for (var i = 0; i < TextNames.Length; i++)
        {
            Put(TextNames[i].AsSpan(i == 0 ? 1 : 0));
            PutText(attributes.Text(i));
        }

        for (var i = 0; i < IntegerNames.Length; i++)
        {
            Put(IntegerNames[i]);
            var text = Room(DecimalText.Longest);
            _ = attributes.Integers[i].TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
            _used += length;
        }

        for (var i = 0; i < RealNames.Length; i++)
        {
            if (double.IsFinite(attributes.Reals[i]))
            {
                Put(RealNames[i]);
                var text = Room(DecimalText.Longest);
                _used += DecimalText.Write(text, attributes.Reals[i], RegionFields.Reals[i].Digits);
            }
        }

        Put("}}"u8);
    }

    /// <summary>Says that this was all.</summary>
    public void Complete()
    {
        file.Add(_number, _chunk, _used);
        (_chunk, _used) = ([], 0);
        file.Finish(_number);
    }

    private static byte[][] Names(IEnumerable<string> names) =>
        [.. names.Select(name => (byte[])[.. ",\""u8, .. JsonEncodedText.Encode(name).EncodedUtf8Bytes, .. "\":"u8])];

    private void PutText(ReadOnlySpan<byte> text)
    {
        Put("\""u8);
        if (!text.ContainsAnyExcept(Plain))
        {
            Put(text);
        }
        else
        {
            while (!text.IsEmpty)
            {
                // Only a few bytes are left over in each round: those of a letter that the target had no room for.
                var status = Escapes.EncodeUtf8(text, Room(1 << 12), out var taken, out var written);
                _used += written;
                text = text[(status == OperationStatus.Done ? text.Length : taken)..];
            }
        }

        Put("\""u8);
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > OrderedFile.ChunkBytes)
        {
            Put(bytes[..OrderedFile.ChunkBytes]);
            bytes = bytes[OrderedFile.ChunkBytes..];
        }

        bytes.CopyTo(Room(bytes.Length));
        _used += bytes.Length;
    }

    private Span<byte> Room(int bytes)
    {
        if (_chunk.Length - _used < bytes)
        {
            file.Add(_number, _chunk, _used);
            (_chunk, _used) = (file.Rent(), 0);
        }

        return _chunk.AsSpan(_used);
    }
}
