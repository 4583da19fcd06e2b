namespace SpexStream.Journal.Postgres;

/// <summary>A lease as it goes into the table "leases".</summary>
internal readonly record struct LeaseRow(string Key, long Epoch, TimeSpan Term);
