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

    /// <summary>What a transaction has to tell.</summary>
    public static string[] Of(UnitOfWork unit)
    {
        var scenes = unit.Facts.Select(fact => Facts(fact.Scene)).Distinct();
        return unit.Messages.Count > 0 ? [.. scenes, Messages] : [.. scenes];
    }
}
