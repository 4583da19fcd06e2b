namespace SpexStream.Journal.Postgres;

/// <summary>By what a transaction can be found again when its connection broke.</summary>
/// <param name="Write">Its number among those of its run, which it writes down.</param>
/// <param name="Backend">Process of the server that did it.</param>
/// <param name="Began">When it began, by the server's clock.</param>
internal readonly record struct TransactionMark(long Write, int Backend, DateTime Began);
