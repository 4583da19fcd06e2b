using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SpexStream.Domain.Products;

namespace SpexStream.Raster.Vector.FlatGeobuf;

/// <summary>
/// Encodes features as size-prefixed FlatBuffers (FlatGeobuf, feature.fbs) from front to back: where everything will
/// lie follows from the lengths of rings and texts, so nothing is moved or looked at again. One thread.
/// </summary>
internal sealed class FeatureEncoder(FeatureSpool spool)
{
    private readonly FeatureStage _stage = new(spool);
    private readonly List<FeatureItem> _items = [];
    private FeatureItem _item;
    private long _at;

    /// <summary>Begins a feature; the parts of its shape follow, if it has one.</summary>
    public void Begin(long order, RegionAttributes attributes, IGroundShape? shape)
    {
        var properties = PropertyBytes(attributes);
        var geometry = FeatureLayout.AfterProperties(properties);
        var end = shape is null ? geometry : End(shape, geometry);
        if (end > int.MaxValue)
        {
            throw new InvalidOperationException($"A region of {end} bytes is beyond what a FlatBuffer can hold.");
        }

        _item = new(order, Envelope.Empty, _stage.Begin(end), end);
        _at = 0;
        FeatureLayout.WriteHead(Next(FeatureLayout.HeadBytes), end, shape is null ? 0 : geometry);
        Put(properties);
        Put(attributes);
        Next((int)(geometry - _at)).Clear();
        if (shape is not null)
        {
            FeatureLayout.WriteGeometry(Next(FeatureLayout.GeometryBytes), geometry);
            PutParts(shape);
        }
    }

    /// <summary>Begins a part; all positions of its rings follow.</summary>
    public void BeginPart(IGroundShape shape, int ring, int ringEnd)
    {
        var (at, rings) = (_at, ringEnd - ring);
        FeatureLayout.WritePart(Next(FeatureLayout.TableBytes(rings)), at, rings);
        var positions = 0;
        if (rings > 1)
        {
            Put(rings);
        }

        for (; ring < ringEnd; ring++)
        {
            positions += shape.RingLength(ring);
            if (rings > 1)
            {
                Put(positions);
            }
        }

        Next((int)(FeatureLayout.PositionsAt(at, rings) - _at)).Clear();
        Put(2 * positions);
    }

    /// <summary>The next positions of the part, to be filled before the next call.</summary>
    public Span<double> Positions(int count) => MemoryMarshal.Cast<byte, double>(Next(count * 2 * sizeof(double)));

    /// <summary>Ends the feature.</summary>
    public void End(Envelope box) => _items.Add(_item with { Box = box });

    /// <summary>Brings what is left to the spool.</summary>
    public void Complete()
    {
        _stage.Flush();
        spool.Add(_items);
        _items.Clear();
    }

    private static long End(IGroundShape shape, long geometry)
    {
        var at = FeatureLayout.FirstPart(geometry, shape.PolygonEnds.Length);
        var ring = 0;
        foreach (var end in shape.PolygonEnds)
        {
            at = FeatureLayout.PartEnd(at, end - ring, FeatureLayout.PositionsOf(shape, ring, end));
            ring = end;
        }

        return at;
    }

    // A property is the number of its column and its value; a text has its length in front.
    private static int PropertyBytes(RegionAttributes attributes)
    {
        var bytes = attributes.Integers.Length * (sizeof(short) + sizeof(long));
        for (var i = 0; i < RegionFields.Texts.Length; i++)
        {
            bytes += sizeof(short) + sizeof(int) + attributes.Text(i).Length;
        }

        foreach (var number in attributes.Reals)
        {
            bytes += double.IsFinite(number) ? sizeof(short) + sizeof(double) : 0;
        }

        return bytes;
    }

    private void Put(RegionAttributes attributes)
    {
        short column = 0;
        for (var i = 0; i < RegionFields.Texts.Length; i++)
        {
            PutColumn(column++);
            Put(attributes.Text(i).Length);
            Put(attributes.Text(i));
        }

        foreach (var number in attributes.Integers)
        {
            PutColumn(column++);
            BinaryPrimitives.WriteInt64LittleEndian(Next(sizeof(long)), number);
        }

        foreach (var number in attributes.Reals)
        {
            if (double.IsFinite(number))
            {
                PutColumn(column);
                BinaryPrimitives.WriteDoubleLittleEndian(Next(sizeof(double)), number);
            }

            column++;
        }
    }

    private void PutParts(IGroundShape shape)
    {
        Put(shape.PolygonEnds.Length);
        var part = FeatureLayout.FirstPart(_at - sizeof(int) - FeatureLayout.GeometryBytes, shape.PolygonEnds.Length);
        var ring = 0;
        foreach (var end in shape.PolygonEnds)
        {
            Put((int)(part - _at));
            part = FeatureLayout.PartEnd(part, end - ring, FeatureLayout.PositionsOf(shape, ring, end));
            ring = end;
        }
    }

    private void PutColumn(short column) => BinaryPrimitives.WriteInt16LittleEndian(Next(sizeof(short)), column);

    private void Put(int number) => BinaryPrimitives.WriteInt32LittleEndian(Next(sizeof(int)), number);

    private void Put(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(bytes.Length, FeatureStage.BufferBytes)];
            piece.CopyTo(Next(piece.Length));
            bytes = bytes[piece.Length..];
        }
    }

    private Span<byte> Next(int bytes)
    {
        _at += bytes;
        return _stage.Next(bytes);
    }
}
