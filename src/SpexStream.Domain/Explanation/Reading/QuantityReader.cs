namespace SpexStream.Domain.Explanation.Reading;

/// <summary>
/// Reads a quantity: comparisons, a number in digits or words, a second number for a range, a multiplier, a unit, and
/// what may follow ("or more", "of 100", a hemisphere).
/// </summary>
internal static class QuantityReader
{
    /// <summary>The quantity at a token and the tokens it takes; null when none stands there.</summary>
    public static (Term Term, int Length)? Read(List<Token> tokens, int start)
    {
        var (comparison, at) = Comparisons(tokens, start);
        if (at >= tokens.Count)
        {
            return null;
        }

        if (tokens[at].Kind == TokenKind.Date
            || (tokens[at].Kind == TokenKind.Number && LabelWords.IsLabel(tokens, at)))
        {
            return (new Term(TermKind.Quantity) { Unit = Unit.Label, First = start, Last = at }, at + 1 - start);
        }

        if (Core(tokens, at) is not { } low)
        {
            return null;
        }

        at += low.Length;
        var high = Upper(tokens, ref at, comparison);
        var isFraction = low.IsFraction;
        var (unit, factor, length) = isFraction ? (Unit.Percent, 1, 0) : UnitReader.Read(tokens, at);
        at += length;
        comparison = OrMore(tokens, ref at, comparison);
        var range = ValueRange.Of(comparison, low.Value, low.Tolerance);
        if (high is { } end)
        {
            range = ValueRange.Of(Comparison.Equal, low.Value * (low.Scaled ? 1 : end.Scale), low.Tolerance)
                .Through(ValueRange.Of(Comparison.Equal, end.Value, end.Tolerance));
        }

        var term = new Term(TermKind.Quantity)
        {
            Unit = unit,
            Range = range.Times(factor),
            OutOf = unit is Unit.None ? OutOf(tokens, ref at) : 0,
            IsLoose = low.IsOneInWords || (isFraction && comparison == Comparison.Equal),
        };
        term = CoordinateReader.Complete(term, tokens, start, ref at);
        return (term with { First = start, Last = at - 1 }, at - start);
    }

    private static (Comparison Comparison, int At) Comparisons(List<Token> tokens, int at)
    {
        var comparison = Comparison.Equal;
        while (at < tokens.Count)
        {
            if (tokens[at].Kind == TokenKind.Compare)
            {
                comparison = tokens[at].Text switch
                {
                    "<" => Comparison.LessThan,
                    ">" => Comparison.MoreThan,
                    "≤" => Comparison.AtMost,
                    "≥" => Comparison.AtLeast,
                    _ => Comparison.About,
                };
                at++;
            }
            else if (Lexicon.Find(tokens, at) is { Term: { Kind: TermKind.Comparison } found, Length: var length })
            {
                comparison = found.Comparison == Comparison.Equal ? comparison : found.Comparison;
                at += length;
            }
            else
            {
                break;
            }
        }

        return (comparison, at);
    }

    private static Core? Core(List<Token> tokens, int at)
    {
        var token = tokens[at];
        if (token.Kind == TokenKind.Number)
        {
            if (Slashed(tokens, at) is { } part)
            {
                return part;
            }

            var scale = at + 1 < tokens.Count ? NumberWords.Scale(tokens[at + 1].Text) : 1;
            var isScaled = scale > 1;
            return new(token.Value * scale, token.Tolerance * scale, isScaled ? 2 : 1)
            {
                Scale = scale,
                Scaled = isScaled,
            };
        }

        if (NumberWords.Fraction(tokens, at) is { Length: > 0 } fraction)
        {
            return new(fraction.Percent, NumberWords.FractionTolerance, fraction.Length) { IsFraction = true };
        }

        if (NumberWords.Count(tokens, at) is not { Length: > 0 } count)
        {
            return null;
        }

        var tolerance = count.Value < 100 ? 0.5 : count.Value * 0.05;
        return new(count.Value, tolerance, count.Length) { IsOneInWords = count.Value == 1 };
    }

    /// <summary>"3/4" is three quarters; "52/100" is left to <see cref="OutOf"/>.</summary>
    private static Core? Slashed(List<Token> tokens, int at) =>
        at + 2 < tokens.Count && tokens[at + 1].Kind == TokenKind.Slash
            && tokens[at + 2] is { Kind: TokenKind.Number } by
            && tokens[at].IsWhole && by.IsWhole && by.Value is > 1 and <= 10 && tokens[at].Value < by.Value
            ? new(100 * tokens[at].Value / by.Value, NumberWords.FractionTolerance, 3) { IsFraction = true }
            : null;

    private static Core? Upper(List<Token> tokens, ref int at, Comparison comparison)
    {
        // "10 ha to 20 ha" and "10 % to 20 %": the first unit is read with the second.
        var (_, _, unit) = UnitReader.Read(tokens, at);
        var next = at + unit;
        if (next >= tokens.Count)
        {
            return null;
        }

        var isTied = tokens[next].Kind == TokenKind.Number && tokens[next].IsHyphenated && unit == 0;
        var isWord = tokens[next].Kind == TokenKind.Word
            && (tokens[next].Text is "to" || (tokens[next].Text is "and" or "or" && comparison == Comparison.Between));
        next += isWord ? 1 : 0;
        if ((!isTied && !isWord) || next >= tokens.Count || Core(tokens, next) is not { } core)
        {
            return null;
        }

        at = next + core.Length;
        return core;
    }

    private static Comparison OrMore(List<Token> tokens, ref int at, Comparison comparison)
    {
        if (at + 1 >= tokens.Count || tokens[at].Text != "or")
        {
            return comparison;
        }

        Comparison? found = tokens[at + 1].Text switch
        {
            "more" or "greater" or "above" => Comparison.AtLeast,
            "less" or "fewer" or "below" => Comparison.AtMost,
            "so" => Comparison.About,
            _ => null,
        };
        at += found is null ? 0 : 2;
        return found ?? comparison;
    }

    private static double OutOf(List<Token> tokens, ref int at)
    {
        var next = at;
        if (next < tokens.Count && tokens[next].Text is "out")
        {
            next++;
        }

        if (next >= tokens.Count || tokens[next].Text is not ("of" or "/" or "in"))
        {
            return 0;
        }

        next++;
        if (next < tokens.Count && tokens[next].Text is "the" or "all" or "these")
        {
            next++;
        }

        if (next >= tokens.Count || Core(tokens, next) is not { IsFraction: false } core
            || UnitReader.Read(tokens, next + core.Length).Length > 0)
        {
            return 0;
        }

        at = next + core.Length;
        return core.Value;
    }
}
