using SpexStream.Messaging.Wire.Json;

namespace SpexStream.Messaging.Wire.Envelope;

/// <summary>What a message says, written at most once in each way, for messages that say the same. One thread at a
/// time.</summary>
/// <param name="write">Writes it; called several times, it must write the same.</param>
internal sealed class WireBody(Action<WireWriter> write)
{
    private byte[]? _bytes;
    private byte[]? _identity;
    private int? _size;

    /// <summary>Writes it into a larger document.</summary>
    public Action<WireWriter> Write { get; } = write;

    /// <summary>As it is sent.</summary>
    public byte[] Bytes => _bytes ??= WireWriter.Render(Write);

    /// <summary>What it says, whenever it is said.</summary>
    public byte[] Identity => _identity ??= WireWriter.RenderIdentity(Write);

    /// <summary>How many bytes it is sent as; cheaper than to make them.</summary>
    public int Size => _size ??= _bytes?.Length ?? WireWriter.Measure(Write);
}
