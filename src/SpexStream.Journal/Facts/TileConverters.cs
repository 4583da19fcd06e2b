using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using SpexStream.Domain.Grid;

namespace SpexStream.Journal.Facts;

/// <summary>A tile as <c>[row, column]</c>.</summary>
internal sealed class TileIndexConverter : JsonConverter<TileIndex>
{
    public override TileIndex Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        Span<int> numbers = stackalloc int[2];
        TileNumbers.Read(ref reader, numbers);
        return new TileIndex(numbers[1], numbers[0]);
    }

    public override void Write(Utf8JsonWriter writer, TileIndex value, JsonSerializerOptions options) =>
        TileNumbers.Write(writer, value.Row, value.Column);
}

/// <summary>Tiles as runs along a row, <c>[row, first column, count]</c>, in their order.</summary>
internal sealed class TileRunsConverter : JsonConverter<ImmutableArray<TileIndex>>
{
    private const int LongestRun = 1 << 20;

    public override ImmutableArray<TileIndex> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        var tiles = ImmutableArray.CreateBuilder<TileIndex>();
        Span<int> run = stackalloc int[3];
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            TileNumbers.Read(ref reader, run);
            if (run[2] is < 1 or > LongestRun)
            {
                throw new JsonException("a run of tiles has no sensible length");
            }

            for (var column = run[1]; column < run[1] + run[2]; column++)
            {
                tiles.Add(new TileIndex(column, run[0]));
            }
        }

        return reader.TokenType == JsonTokenType.EndArray ? tiles.ToImmutable()
            : throw new JsonException("tiles are no runs");
    }

    public override void Write(Utf8JsonWriter writer, ImmutableArray<TileIndex> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        for (var first = 0; first < value.Length;)
        {
            var (column, row) = value[first];
            var count = 1;
            while (count < LongestRun && first + count < value.Length
                && value[first + count] == new TileIndex(column + count, row))
            {
                count++;
            }

            TileNumbers.Write(writer, row, column, count);
            first += count;
        }

        writer.WriteEndArray();
    }
}
