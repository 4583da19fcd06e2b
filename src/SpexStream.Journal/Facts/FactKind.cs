using System.Text.Json.Serialization.Metadata;

namespace SpexStream.Journal.Facts;

/// <summary>How one type of fact stands in the journal.</summary>
/// <param name="Tag">Its name there; never changes, never taken for another.</param>
/// <param name="Version">Raised only when a reader of the version before would misunderstand it; new fields alone, with
/// a default for those who lack them, do not raise it.</param>
/// <param name="Json">Reads and writes its fields.</param>
internal sealed record FactKind(string Tag, int Version, JsonTypeInfo Json);
