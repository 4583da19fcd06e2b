using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>The measured things that a clause may be on: regions of one class, and the class as a whole.</summary>
internal sealed class Candidates(ClassFacts facts, IReadOnlyList<RegionFacts> regions, bool isBound, long unknown)
{
    /// <summary>The class.</summary>
    public LandCoverClass Class => Facts.Class;

    /// <summary>The class as a whole.</summary>
    public ClassFacts Facts => facts;

    /// <summary>The regions; fewer after each <see cref="Narrow"/>.</summary>
    public IReadOnlyList<RegionFacts> Regions { get; private set; } = regions;

    /// <summary>Whether the clause is on one known region ("the largest"), so that the class as a whole is not
    /// meant.</summary>
    public bool IsBound { get; } = isBound;

    /// <summary>Regions of the class that are not listed one by one.</summary>
    public long Unknown { get; private set; } = isBound ? 0 : unknown;

    /// <summary>Whether the clause has singled out a region, by name or by a figure, so that a mean is one of its
    /// own.</summary>
    public bool IsSettled { get; private set; } = isBound;

    /// <summary>Whether what no listed region answers to is false, and not merely unknown.</summary>
    public bool IsSure => Unknown == 0;

    /// <summary>Whether a test holds for some region; then only those are meant from here on.</summary>
    public bool Narrow(Func<RegionFacts, bool> test)
    {
        var left = Regions.Where(test).ToList();
        if (left.Count == 0)
        {
            return false;
        }

        Regions = left;
        return true;
    }

    /// <summary>Says that a figure has singled out the listed regions.</summary>
    public void Settle() => (Unknown, IsSettled) = (0, true);
}
