using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SpexStream.Daemon.Commands.Input;

/// <summary>Options whose value is a number, written with a dot whatever the language of the system is.</summary>
internal static class Numbers
{
    /// <summary>A whole number of a range, with a default.</summary>
    public static CheckedOption<int> Whole(string name, string meaning, int from, int to, int otherwise) => Whole(
        name, meaning, string.Create(CultureInfo.InvariantCulture, $"a whole number from {from} to {to}"), otherwise,
        value => value >= from && value <= to);

    /// <summary>A whole number by a rule of its own, with a default.</summary>
    public static CheckedOption<int> Whole(
        string name, string meaning, string takes, int otherwise, Func<int, bool> isValid) => new(
            name, meaning, takes, otherwise.ToString(CultureInfo.InvariantCulture),
            (text, out value) => TryReadWhole(text, out value) && isValid(value),
            otherwise);

    /// <summary>A whole number of a range that may be left out.</summary>
    public static CheckedOption<int?> Optional(string name, string meaning, int from, int to, string otherwise) => new(
        name, meaning, string.Create(CultureInfo.InvariantCulture, $"a whole number from {from} to {to}"), otherwise,
        (text, out value) =>
        {
            value = TryReadWhole(text, out var number) && number >= from && number <= to ? number : null;
            return value is not null;
        });

    /// <summary>A number; infinite ones and NaN are none.</summary>
    public static CheckedOption<double?> Real(
        string name, string meaning, string takes, string otherwise, Func<double, bool> isValid) => new(
            name, meaning, takes, otherwise,
            (text, out value) =>
            {
                value = TryRead(text, out var number) && isValid(number) ? number : null;
                return value is not null;
            });

    /// <summary>Several whole numbers of a range, comma separated.</summary>
    public static CheckedOption<int[]> List(
        string name, string meaning, int from, int to, params int[] otherwise) => new(
        name, meaning,
        string.Create(CultureInfo.InvariantCulture, $"whole numbers from {from} to {to}, comma separated"),
        string.Join(',', otherwise),
        (string text, [MaybeNullWhen(false)] out int[] values) =>
        {
            var parts = text.Split(',');
            values = new int[parts.Length];
            for (var i = 0; i < parts.Length; i++)
            {
                if (!TryReadWhole(parts[i], out values[i]) || values[i] < from || values[i] > to)
                {
                    return false;
                }
            }

            return true;
        },
        otherwise);

    /// <summary>Reads a finite number.</summary>
    public static bool TryRead(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private static bool TryReadWhole(string text, out int number) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
