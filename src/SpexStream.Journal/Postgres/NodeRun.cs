namespace SpexStream.Journal.Postgres;

/// <summary>This process among those that share the journal.</summary>
/// <param name="Node">Name of its machine.</param>
/// <param name="Number">Number of its run.</param>
internal sealed record NodeRun(string Node, long Number);
