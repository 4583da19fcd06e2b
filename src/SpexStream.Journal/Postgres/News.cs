using System.Globalization;
using SpexStream.Journal.Rows;

namespace SpexStream.Journal.Postgres;

/// <summary>What nodes tell each other: short words, never more than a hint to look into the journal.</summary>
internal static class News
{
    /// <summary>The outbox has grown.</summary>
    public const string Messages = "m";

    /// <summary>A scene has new facts.</summary>
    public static string Facts(string scene) => "f " + scene;

    /// <summary>A scene's owner has something in the inbox.</summary>
    public static string Letters(string scene) => "s " + scene;

    /// <summary>There are tiles to work.</summary>
    public const string Work = "w";

    /// <summary>Answers for a scene can be collected.</summary>
    public static string Answers(string scene) => "a " + scene;

    /// <summary>Somebody may be needed for a scene.</summary>
    public const string Free = "l";

    /// <summary>What a transaction has to tell.</summary>
    public static UnitNews Of(UnitOfWork unit)
    {
        HashSet<string> news = [.. unit.Facts.Select(fact => Facts(fact.Scene))];
        if (unit.Messages.Count > 0)
        {
            news.Add(Messages);
        }

        foreach (var (letter, _) in unit.Letters)
        {
            news.Add(Letters(letter.Scene));
        }

        return new([.. news], [.. unit.Letters.Select(put => put.Letter.Scene).Distinct()]);
    }
}
