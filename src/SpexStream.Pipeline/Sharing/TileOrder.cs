using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Sharing;

/// <summary>
/// What a node needs to know to classify a tile of another node's scene, besides the scene's facts in the journal.
/// </summary>
/// <remarks>
/// As bytes: the version, then fields, each a tag, a length (both with 7 bits a byte) and that many bytes. A field may
/// be added where those who pass over it still answer the same; else the version is raised, and nodes that do not know
/// it refuse.
/// </remarks>
internal sealed record TileOrder
{
    /// <summary>The version that this program writes, and the only one that it knows.</summary>
    public const byte Version = 1;

    private const int SceneTag = 1;
    private const int StageTag = 2;
    private const int TileTag = 3;
    private const int NumberTag = 4;
    private const int SurveysTag = 5;
    private const int FileTag = 6;

    public required SceneId Scene { get; init; }

    public required TileStage Stage { get; init; }

    public required TileIndex Tile { get; init; }

    /// <summary>What the answer has to rest on.</summary>
    public required UInt128 Number { get; init; }

    /// <summary>The finished surveys that the findings follow from (<see cref="SurveyChain"/>).</summary>
    public ImmutableArray<byte> Surveys { get; init; } = [];

    /// <summary>The file of the shared folder that holds them, where they are many bytes; null where the order does.
    /// </summary>
    public string? SurveysFile { get; init; }

    public byte[] Write()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Version);
        Field(writer, SceneTag, field => field.Write(Scene.Value));
        Field(writer, StageTag, field =>
        {
            field.Write(Stage.Batch);
            field.Write(Stage.Pass);
        });
        Field(writer, TileTag, field =>
        {
            field.Write(Tile.Column);
            field.Write(Tile.Row);
        });
        Field(writer, NumberTag, field =>
        {
            field.Write((ulong)(Number >> 64));
            field.Write((ulong)Number);
        });
        if (SurveysFile is { } file)
        {
            Field(writer, FileTag, field => field.Write(file));
        }
        else if (!Surveys.IsEmpty)
        {
            Field(writer, SurveysTag, field => field.Write(Surveys.AsSpan()));
        }

        return stream.ToArray();
    }

    /// <summary>Reads an order.</summary>
    /// <exception cref="TileRefusedException">A newer program wrote it, or it is none.</exception>
    public static TileOrder Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > 0 && bytes.Span[0] != Version)
        {
            throw new TileRefusedException(
                $"the order has version {bytes.Span[0]}, and this program knows version {Version}: update this node",
                isOfAllOrders: true);
        }

        try
        {
            return Read(new BinaryReader(new MemoryStream(bytes[1..].ToArray(), writable: false)));
        }
        catch (Exception damaged) when (damaged is IOException or ArgumentException or FormatException)
        {
            throw new TileRefusedException($"the order cannot be read: {damaged.Message}", isOfAllOrders: false);
        }
    }

    private static TileOrder Read(BinaryReader reader)
    {
        var fields = new Dictionary<int, byte[]>();
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            var (tag, length) = (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
            fields[tag] = length >= 0 && length <= reader.BaseStream.Length - reader.BaseStream.Position
                ? reader.ReadBytes(length) : throw new EndOfStreamException("it is cut off");
        }

        var (stage, tile, number) = (Of(StageTag), Of(TileTag), Of(NumberTag));
        return new()
        {
            Scene = SceneId.Parse(Of(SceneTag).ReadString()),
            Stage = new(stage.ReadInt32(), stage.ReadInt32()),
            Tile = new(tile.ReadInt32(), tile.ReadInt32()),
            Number = new(number.ReadUInt64(), number.ReadUInt64()),
            Surveys = fields.TryGetValue(SurveysTag, out var surveys) ? [.. surveys] : [],
            SurveysFile = fields.ContainsKey(FileTag) ? Of(FileTag).ReadString() : null,
        };

        BinaryReader Of(int tag) => new(new MemoryStream(
            fields.GetValueOrDefault(tag) ?? throw new EndOfStreamException($"field {tag} is missing"), false));
    }

    private static void Field(BinaryWriter writer, int tag, Action<BinaryWriter> write)
    {
        using var content = new MemoryStream();
        using var field = new BinaryWriter(content);
        write(field);
        writer.Write7BitEncodedInt(tag);
        writer.Write7BitEncodedInt((int)content.Length);
        writer.Write(content.GetBuffer().AsSpan(0, (int)content.Length));
    }
}
