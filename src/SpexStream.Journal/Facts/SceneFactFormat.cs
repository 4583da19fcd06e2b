using SpexStream.Domain.Journal;

namespace SpexStream.Journal.Facts;

/// <summary>Facts as bytes, the same in every adapter. Extend only: what was ever written is read for ever.</summary>
internal static class SceneFactFormat
{
    /// <summary>The fact as bytes; the same fact gives the same bytes.</summary>
    public static byte[] Write(SceneFact fact) => EnvelopeFormat.Write(FactKinds.Of(fact), fact);

    /// <summary>Reads a fact.</summary>
    /// <exception cref="FactUnreadableException">A newer version wrote it, or nobody did.</exception>
    public static SceneFact Read(ReadOnlySpan<byte> bytes) => (SceneFact)EnvelopeFormat.Read(bytes, FactKinds.Find);
}
