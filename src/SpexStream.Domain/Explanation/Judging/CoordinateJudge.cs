using SpexStream.Domain.Explanation.Reading;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Products;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>Judges positions on Earth against the centroids of regions, or the centre of the scene.</summary>
internal static class CoordinateJudge
{
    /// <summary>Judges every number in degrees.</summary>
    public static void Judge(Case at)
    {
        foreach (var term in at.Clause.Of(TermKind.Quantity).Where(term => term.Unit == Unit.Degrees))
        {
            if (term.IsLatitude is null && at.Clause.Tokens[Math.Max(0, term.First - 1)].Text is not (
                "at" or "," or "near"))
            {
                at.Claims.Add(ClaimKind.Coordinates, term, false, "nothing but positions is measured in degrees",
                    RejectionReason.UnitContradicted);
                continue;
            }

            var truth = false;
            foreach (var subject in at.Subjects)
            {
                if (subject.Narrow(region => Holds(region.CentroidOnEarth, term)))
                {
                    subject.Settle();
                    truth = true;
                }

                truth |= !subject.IsBound && Holds(subject.Facts.CentreOnEarth, term);
            }

            if (at.Subjects.Count > 0)
            {
                at.Add(ClaimKind.Coordinates, term, truth, Measured(at.Subjects[0]), RejectionReason.PlaceContradicted);
            }
        }
    }

    private static bool Holds(LonLat? position, Term term)
    {
        if (position is not { } earth)
        {
            return false;
        }

        return term.IsLatitude switch
        {
            true => Holds(earth.Latitude, term),
            false => Holds(earth.Longitude, term),
            null => Holds(earth.Latitude, term) || Holds(earth.Longitude, term),
        };
    }

    private static bool Holds(double degrees, Term term) =>
        term.Range.Contains(term.Hemisphere == 0 ? degrees : degrees * term.Hemisphere);

    private static string Measured(Candidates subject)
    {
        RegionFacts? region = subject.Regions.Count > 0 ? subject.Regions[0] : null;
        return region?.CentroidOnEarth is { } earth
            ? Figures.Position(earth)
            : subject.Facts.CentreOnEarth is { } centre ? Figures.Position(centre) : "no position on Earth is known";
    }
}
