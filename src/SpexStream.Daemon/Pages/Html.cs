using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace SpexStream.Daemon.Pages;

/// <summary>
/// A piece of a page. Whatever is put into it by interpolation is escaped, unless it is such a piece itself: what came
/// in a message can never become markup.
/// </summary>
internal readonly record struct Html
{
    private readonly string? _markup;

    private Html(string markup) => _markup = markup;

    /// <summary>Nothing.</summary>
    public static Html None => default;

    /// <summary>A text, escaped.</summary>
    public static implicit operator Html(string? text) => Of($"{text}");

    /// <summary>Makes a piece.</summary>
    public static Html Of(ref Builder markup) => new(markup.ToString());

    /// <summary>Several pieces, one after the other.</summary>
    public static Html Each<T>(IEnumerable<T> items, Func<T, Html> piece) =>
        new(string.Concat(items.Select(item => piece(item).ToString())));

    /// <summary>The markup.</summary>
    public override string ToString() => _markup ?? string.Empty;

    /// <summary>Escapes what is put in.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Builder(int literalLength, int formattedCount)
    {
        private const int LengthOfHole = 16;
        private readonly StringBuilder _text = new(literalLength + (formattedCount * LengthOfHole));

        public void AppendLiteral(string literal) => _text.Append(literal);

        public void AppendFormatted(Html piece) => _text.Append(piece);

        public void AppendFormatted(string? text) => _text.Append(WebUtility.HtmlEncode(Printable(text)));

        public void AppendFormatted<T>(T value, string? format = null)
            where T : IFormattable =>
            AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

        public override string ToString() => _text.ToString();

        // Control characters and halves of pairs have no place in a page, escaped or not.
        private static string Printable(string? text) => string.Concat((text ?? string.Empty).EnumerateRunes().Select(
            rune => Rune.IsControl(rune) ? " " : rune.ToString()));
    }
}
