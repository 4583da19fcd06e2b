using SpexStream.Domain.Explanation.Reading;
using SpexStream.Domain.Products;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>The conditions that a clause puts on a region it denies: place, size and area together.</summary>
internal static class RegionFilter
{
    /// <summary>A test of all conditions; null when the clause has none.</summary>
    public static Func<RegionFacts, bool>? Of(Case at)
    {
        var tests = new List<Func<RegionFacts, bool>>();
        foreach (var term in at.Clause.Terms)
        {
            if (term.Kind == TermKind.Place && !term.IsRelative && (at.Sheet.NorthUp || !term.Place.IsCompass))
            {
                tests.Add(region => Position.IsIn(region, Extent(at), term.Place, false));
            }
            else if (term.Kind == TermKind.Size)
            {
                tests.Add(region => SizeJudge.IsNear(region, term.Level));
            }
            else if (term is { Kind: TermKind.Quantity, Unit: Unit.SquareMetres or Unit.Pixels })
            {
                tests.Add(region => AreaJudge.Holds(region, term));
            }
        }

        return tests.Count == 0 ? null : region => tests.TrueForAll(test => test(region));
    }

    private static Grid.PixelWindow Extent(Case at) => at.Sheet.Classes.Values.First().Extent;
}
