using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Sharing;

/// <summary>What a node says to an order.</summary>
/// <remarks>As bytes: the version, the kind, then the sealed record of the answer (<see cref="TileRecord"/>), the name
/// of the file of the shared folder that holds it, or why there is none.</remarks>
internal abstract record TileReply
{
    private const byte Version = 1;
    private const byte AnswerKind = 1;
    private const byte FileKind = 2;
    private const byte RefusalKind = 3;
    private const byte TriageKind = 0x80;

    private TileReply()
    {
    }

    /// <summary>The answer itself.</summary>
    public sealed record Answer(byte[] Record, bool NeededNoModel) : TileReply;

    /// <summary>Where the answer lies.</summary>
    public sealed record InFile(string Name, bool NeededNoModel) : TileReply;

    /// <summary>There is none from this node.</summary>
    public sealed record Refusal(string Why) : TileReply;

    public byte[] Write()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Version);
        switch (this)
        {
            case Answer answer:
                writer.Write((byte)(AnswerKind | (answer.NeededNoModel ? TriageKind : 0)));
                writer.Write(answer.Record);
                break;
            case InFile file:
                writer.Write((byte)(FileKind | (file.NeededNoModel ? TriageKind : 0)));
                writer.Write(file.Name);
                break;
            case Refusal refusal:
                writer.Write(RefusalKind);
                writer.Write(refusal.Why);
                break;
        }

        return stream.ToArray();
    }

    /// <summary>Reads a reply; what cannot be read is a refusal, for then the owner answers itself.</summary>
    public static TileReply Read(ReadOnlyMemory<byte> bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray(), writable: false));
        try
        {
            if (reader.ReadByte() != Version)
            {
                return new Refusal($"a reply of version {bytes.Span[0]} is not known here");
            }

            var kind = reader.ReadByte();
            return (kind & ~TriageKind) switch
            {
                AnswerKind => new Answer(bytes[2..].ToArray(), (kind & TriageKind) != 0),
                FileKind => new InFile(reader.ReadString(), (kind & TriageKind) != 0),
                RefusalKind => new Refusal(reader.ReadString()),
                _ => new Refusal($"a reply of kind {kind} is not known here"),
            };
        }
        catch (Exception damaged) when (damaged is IOException or ArgumentException or FormatException)
        {
            return new Refusal($"the reply cannot be read: {damaged.Message}");
        }
    }
}
