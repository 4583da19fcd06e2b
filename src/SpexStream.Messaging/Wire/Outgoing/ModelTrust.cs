using SpexStream.Messaging.Wire.Json;

namespace SpexStream.Messaging.Wire.Outgoing;

/// <summary>Says of an answer that an untrained model gave it; a part that no short message leaves out.</summary>
internal static class ModelTrust
{
    private const string Name = "spex:trained";

    /// <summary>Writes "spex:trained": false; nothing for rules and for models that were trained.</summary>
    public static void Write(WireWriter writer, bool isUntrained) => writer.Flag(Name, isUntrained ? false : null);

    /// <summary>Whether a message says so.</summary>
    public static bool IsDenied(JsonField properties) => properties.Member(Name).Flag() == false;
}
