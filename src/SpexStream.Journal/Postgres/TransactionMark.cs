namespace SpexStream.Journal.Postgres;

/// <summary>By what a transaction can be found again when its connection broke.</summary>
/// <param name="Id">Its 64-bit number, as text.</param>
/// <param name="Backend">Process of the server that did it.</param>
internal readonly record struct TransactionMark(string Id, int Backend);
