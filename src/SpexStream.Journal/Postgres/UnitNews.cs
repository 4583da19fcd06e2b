namespace SpexStream.Journal.Postgres;

/// <summary>What a transaction has to tell the other nodes.</summary>
/// <param name="Words">What is said in any case.</param>
/// <param name="Scenes">Scenes for which somebody may be needed: where one of them has no owner, that is said,
/// too.</param>
internal sealed record UnitNews(string[] Words, string[] Scenes);
