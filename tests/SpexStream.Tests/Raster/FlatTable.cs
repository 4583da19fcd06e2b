using System.Buffers.Binary;
using System.Text;

namespace SpexStream.Tests.Raster;

/// <summary>Reads a table of a FlatBuffer, as its specification says and independently of how we write it.</summary>
internal readonly record struct FlatTable(ReadOnlyMemory<byte> Buffer, int At)
{
    /// <summary>The root table of a buffer whose size stands in front.</summary>
    public static FlatTable Root(ReadOnlyMemory<byte> prefixed) => new(prefixed, 4 + Int32(prefixed, 4));

    /// <summary>Where a field lies; 0 where it is absent.</summary>
    public int Field(int number)
    {
        var layout = At - Int32(Buffer, At);
        return 4 + (2 * number) < Int16(layout) && Int16(layout + 4 + (2 * number)) is > 0 and var place
            ? At + place
            : 0;
    }

    public FlatTable Table(int number) => new(Buffer, Target(Field(number)));

    public byte Byte(int number) => Buffer.Span[Field(number)];

    public int Int16Field(int number) => Int16(Field(number));

    public int Int32Field(int number) => Int32(Buffer, Field(number));

    public long Int64Field(int number) => BinaryPrimitives.ReadInt64LittleEndian(Buffer.Span[Field(number)..]);

    public string Text(int number) => Encoding.UTF8.GetString(Vector(number, 1).Span);

    public FlatTable[] Tables(int number)
    {
        var (buffer, first) = (Buffer, Target(Field(number)) + 4);
        return [.. Enumerable.Range(0, Int32(Buffer, first - 4)).Select(i => first + (4 * i)).Select(
            at => new FlatTable(buffer, at + Int32(buffer, at)))];
    }

    public double[] Doubles(int number)
    {
        var bytes = Vector(number, sizeof(double));
        // Readers map such arrays in place.
        Xunit.Assert.Equal(0, (Target(Field(number)) + 4) % sizeof(double));
        return [.. Enumerable.Range(0, bytes.Length / 8).Select(
            i => BinaryPrimitives.ReadDoubleLittleEndian(bytes.Span[(8 * i)..]))];
    }

    public int[] Ints(int number)
    {
        var bytes = Vector(number, sizeof(int));
        return [.. Enumerable.Range(0, bytes.Length / 4).Select(i => Int32(bytes, 4 * i))];
    }

    public ReadOnlyMemory<byte> Vector(int number, int elementBytes)
    {
        var at = Target(Field(number));
        return Buffer.Slice(at + 4, Int32(Buffer, at) * elementBytes);
    }

    private static int Int32(ReadOnlyMemory<byte> bytes, int at) =>
        BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[at..]);

    private int Target(int at) => at + Int32(Buffer, at);

    private int Int16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(Buffer.Span[at..]);
}
