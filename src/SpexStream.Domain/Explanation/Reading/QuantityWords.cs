namespace SpexStream.Domain.Explanation.Reading;

/// <summary>Comparisons, shares in words and loose counts, each with the band of values it allows.</summary>
internal static class QuantityWords
{
    private const double Any = double.PositiveInfinity;

    /// <summary>All of them.</summary>
    public static (string Phrases, Term Term)[] All { get; } =
    [
        ("about|around|roughly|approximately|approx|circa|ca|an estimated|close to|some|approximately about",
            Of(Comparison.About)),
        ("nearly|almost|just under|just below|not quite", Of(Comparison.Nearly)),
        ("more than|over|above|greater than|larger than|exceeding|exceeds|in excess of|just over|upwards of|bigger than"
            + "|well over", Of(Comparison.MoreThan)),
        ("less than|under|below|fewer than|smaller than|well under", Of(Comparison.LessThan)),
        ("at least|no less than|not less than|no fewer than|not fewer than|a minimum of"
            + "|as many as", Of(Comparison.AtLeast)),
        ("at most|up to|no more than|not more than|as much as|a maximum of|at the most", Of(Comparison.AtMost)),
        ("between", Of(Comparison.Between)),
        ("exactly|precisely|just|only", Of(Comparison.Equal)),
        ("most of|the majority of|majority of|a majority of|mostly|mainly|predominantly|largely|the bulk of|primarily"
            + "|chiefly|dominantly", Share(50, 100)),
        ("all of|the whole of|entirely|completely|the entire|entire|wholly|totally|the whole", Share(90, 100)),
        ("nearly all|almost all|almost entirely|nearly the entire|almost all of|nearly all of|almost the entire"
            + "|virtually all|almost completely|nearly everything", Share(80, 100)),
        ("much of|a large part of|a large portion of|large parts of|a good part of|a large share of", Share(20, 100)),
        ("a small part of|a small portion of|a small fraction of|little of|small parts of|a fraction of"
            + "|a small share of|only a little of|a minor part of", Share(0, 30)),
        ("hardly any|barely any|almost no|next to no|scarcely any|very little|little to no", Share(0, 5)),
        ("several", Count(2, 25)),
        ("a few|few|a handful of", Count(2, 9)),
        ("many|numerous|lots of|a lot of|plenty of|countless|a large number of|a great many", Count(6, Any)),
        ("dozens|dozens of", Count(20, 400)),
        ("hundreds|hundreds of", Count(150, Any)),
        ("thousands|thousands of", Count(1500, Any)),
        ("a couple of|a couple", Count(2, 3)),
        ("a pair of|pair of|a pair", Count(2, 2)),
        ("multiple|a number of", Count(2, Any)),
        ("a single|single|only one|sole|lone|the only|only region|the only region|just one|the only one", Count(1, 1)),
    ];

    private static Term Of(Comparison comparison) => new(TermKind.Comparison) { Comparison = comparison };

    private static Term Share(double low, double high) =>
        new(TermKind.Quantity) { Unit = Unit.Percent, Range = new(low, high), IsLoose = true };

    private static Term Count(double low, double high) =>
        new(TermKind.Quantity) { Unit = Unit.None, Range = new(low, high) };
}
