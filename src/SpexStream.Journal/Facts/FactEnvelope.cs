using System.Text.Json;

namespace SpexStream.Journal.Facts;

/// <summary>What stands around the fields of a fact.</summary>
/// <param name="Type">Tag of its <see cref="FactKind"/>.</param>
/// <param name="Version">Version it was written in.</param>
/// <param name="Fact">Its fields.</param>
internal sealed record FactEnvelope(string Type, int Version, JsonElement Fact);
