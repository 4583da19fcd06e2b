using System.Globalization;
using SpexStream.Domain.Alerts.Change;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Rules;

namespace SpexStream.Domain.Alerts.Life;

/// <summary>One sentence on what has changed since the pass before, in the rule's language.</summary>
internal static class ChangeWords
{
    public static string Of(AlertRule rule, ToldChange change) =>
        rule.Language == MessageLanguage.German ? German(change) : English(change);

    private static string English(ToldChange change)
    {
        var pass = $"(scene {change.Since.Scene}, {Time(change)})";
        return change.Figures is not { } figures
            ? $"The masks of this pass and of the previous one {pass} cannot be compared: what was gained or lost "
                + "since is not known."
            : $"Since the previous pass {pass} {Hectares(figures.Gained)} ha were gained and "
                + $"{Hectares(figures.Lost)} ha lost where both passes saw the ground; {Hectares(figures.Unseen)} ha "
                + "were not seen in both.";
    }

    private static string German(ToldChange change)
    {
        var pass = $"(Szene {change.Since.Scene}, {Time(change)})";
        return change.Figures is not { } figures
            ? $"Die Masken dieses Überflugs und des vorigen {pass} lassen sich nicht vergleichen: was seither "
                + "hinzukam oder verschwand, ist nicht bekannt."
            : $"Seit dem vorigen Überflug {pass} sind {Comma(figures.Gained)} ha hinzugekommen und "
                + $"{Comma(figures.Lost)} ha verschwunden, wo beide den Boden sahen; {Comma(figures.Unseen)} ha "
                + "wurden nicht in beiden gesehen.";
    }

    private static string Time(ToldChange change) =>
        change.Since.SensedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Comma(double squareMetres) => Hectares(squareMetres).Replace('.', ',');

    private static string Hectares(double squareMetres) =>
        (squareMetres / AreaMeasurement.SquareMetresPerHectare).ToString("0.#", CultureInfo.InvariantCulture);
}
