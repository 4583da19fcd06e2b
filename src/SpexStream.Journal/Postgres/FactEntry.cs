namespace SpexStream.Journal.Postgres;

/// <summary>A fact as it goes into the table "facts".</summary>
internal readonly record struct FactEntry(string Scene, long Sequence, long Epoch, long At, byte[] Body, long Seal);
