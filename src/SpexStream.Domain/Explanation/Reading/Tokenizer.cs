namespace SpexStream.Domain.Explanation.Reading;

/// <summary>Cuts a text into tokens from left to right; every character is looked at a fixed number of times.</summary>
internal sealed class Tokenizer
{
    /// <summary>Words whose full stop ends no sentence.</summary>
    private static readonly HashSet<string> Abbreviations =
        ["approx", "ca", "sq", "vs", "max", "min", "e", "g", "i", "est"];

    private readonly string _text;
    private readonly List<Token> _tokens = [];
    private int _at;

    private Tokenizer(string text) => _text = text;

    /// <summary>All tokens; blanks are none.</summary>
    public static List<Token> Read(string text)
    {
        var reader = new Tokenizer(text);
        while (reader._at < text.Length)
        {
            reader.Next();
        }

        return reader._tokens;
    }

    private void Next()
    {
        var c = _text[_at];
        if (c is '\n')
        {
            Add(TokenKind.Stop, 1);
        }
        else if (char.IsWhiteSpace(c))
        {
            _at++;
        }
        else if (char.IsAsciiDigit(c) || (c == '.' && IsDigit(_at + 1) && !IsLetterOrDigit(_at - 1)))
        {
            Number(1);
        }
        else if (char.IsLetter(c))
        {
            Word();
        }
        else if (c is '-' or '–' or '−' or '‑' or '—')
        {
            Dash(c);
        }
        else
        {
            Mark(c);
        }
    }

    private void Number(int sign)
    {
        var hyphenated = IsTied();
        if (DatePattern.Length(_text.AsSpan(_at)) is > 0 and var length)
        {
            Add(TokenKind.Date, length);
            return;
        }

        var number = NumberScanner.Scan(_text, _at) with { IsHyphenated = hyphenated };
        _at = number.End;
        if (number.IsWhole && OrdinalSuffix())
        {
            _at += 2;
            var text = _text[number.Start.._at].ToLowerInvariant();
            _tokens.Add(number with { Kind = TokenKind.Ordinal, End = _at, Text = text });
            return;
        }

        _tokens.Add(sign > 0 ? number : number with { Value = -number.Value, Start = number.Start - 1 });
    }

    private bool OrdinalSuffix() => _at + 1 < _text.Length && !IsLetterOrDigit(_at + 2)
        && _text.AsSpan(_at, 2).ToString().ToLowerInvariant() is "st" or "nd" or "rd" or "th";

    private void Word()
    {
        var hyphenated = IsTied();
        var start = _at;
        while (_at < _text.Length && (IsWordPart(_text[_at]) || (_text[_at] is '\'' or '’' && IsLetterOrDigit(_at + 1))
            || (_text[_at] == '^' && IsDigit(_at + 1))))
        {
            _at++;
        }

        var word = _text[start.._at].ToLowerInvariant().Replace('’', '\'').Replace('²', '2').Replace('³', '3')
            .Replace("^", "", StringComparison.Ordinal);
        _tokens.Add(new(TokenKind.Word, start, _at, word)
        {
            IsHyphenated = hyphenated,
            IsCapital = char.IsUpper(_text[start]),
        });
    }

    private void Dash(char dash)
    {
        var afterPart = IsLetterOrDigit(_at - 1) || (_at > 0 && _text[_at - 1] is '%' or '²' or '°');
        if (afterPart && IsLetterOrDigit(_at + 1) && dash != '—')
        {
            // A tie: the token that follows looks back for it.
            _at++;
        }
        else if (!afterPart && (IsDigit(_at + 1)
            || (_at + 1 < _text.Length && _text[_at + 1] == '.' && IsDigit(_at + 2))))
        {
            _at++;
            Number(-1);
        }
        else
        {
            Add(TokenKind.Colon, 1);
        }
    }

    private void Mark(char c) => Add(
        c switch
        {
            '%' or '٪' => TokenKind.Percent,
            '°' or 'º' => TokenKind.Degree,
            '<' or '>' or '≤' or '≥' or '≈' or '~' => TokenKind.Compare,
            '/' => TokenKind.Slash,
            '+' => TokenKind.Plus,
            ',' => TokenKind.Comma,
            '(' or '[' => TokenKind.Open,
            ')' or ']' => TokenKind.Close,
            ':' or ';' => TokenKind.Colon,
            '!' or '?' => TokenKind.Stop,
            '.' when EndsSentence() => TokenKind.Stop,
            _ => TokenKind.Other,
        },
        1);

    private bool EndsSentence() => !IsLetterOrDigit(_at + 1)
        && (_tokens.Count == 0 || _tokens[^1].Kind != TokenKind.Word || !Abbreviations.Contains(_tokens[^1].Text));

    private void Add(TokenKind kind, int length)
    {
        _tokens.Add(new(kind, _at, _at + length, _text.Substring(_at, length)));
        _at += length;
    }

    private bool IsTied() => _at > 1 && _text[_at - 1] is '-' or '–' or '‑' or '−'
        && (IsLetterOrDigit(_at - 2) || _text[_at - 2] is '%' or '²' or '°');

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c is '²' or '³';

    private bool IsDigit(int at) => at < _text.Length && char.IsAsciiDigit(_text[at]);

    private bool IsLetterOrDigit(int at) => at >= 0 && at < _text.Length && char.IsLetterOrDigit(_text[at]);
}
