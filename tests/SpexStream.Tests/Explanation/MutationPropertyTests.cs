using System.Collections.Immutable;
using SpexStream.Domain.Explanation;
using SpexStream.Domain.Products;
using Xunit;
using Xunit.Abstractions;

namespace SpexStream.Tests.Explanation;

/// <summary>A true text with one thing made false is rejected.</summary>
public sealed class MutationPropertyTests(ITestOutputHelper output)
{
    private const int Seed = 4711;
    private const int Rounds = 250;

    [Fact]
    public void A_number_beyond_its_tolerance_is_rejected() => EveryMutant((text, _) => TextMutations.Numbers(text));

    [Fact]
    public void A_swapped_place_is_rejected() => EveryMutant(TextMutations.PlaceWords);

    [Fact]
    public void A_swapped_class_is_rejected() => EveryMutant(TextMutations.ClassWords);

    [Fact]
    public void A_flipped_negation_is_rejected() => EveryMutant((text, _) => TextMutations.NegationWords(text));

    [Fact]
    public void A_swapped_unit_is_rejected() => EveryMutant(TextMutations.UnitWords);

    private void EveryMutant(Func<string, Random, IEnumerable<string>> mutate)
    {
        var random = new Random(Seed);
        var (all, accepted) = (0, new List<string>());
        for (var round = 0; round < Rounds; round++)
        {
            var facts = RandomFacts.Scene(random, round % 4 == 0) with { Remarks = ImmutableArray<string>.Empty };
            foreach (var (text, sheet) in Texts(facts))
            {
                foreach (var mutant in mutate(text, random))
                {
                    all++;
                    if (ExplanationChecker.Check(mutant, sheet).IsAccepted)
                    {
                        accepted.Add($"round {round}\n  {text}\n  {mutant}");
                    }
                }
            }
        }

        output.WriteLine($"seed {Seed}: {all} mutants, {accepted.Count} accepted");
        Assert.True(all > 100, $"Only {all} mutants were made.");

        // A few mutants happen to be true: 0.1 ha for 0.1 %, of a region that has 765 m².
        Assert.True(accepted.Count <= all / 1000,
            $"seed {Seed}: {accepted.Count} of {all}\n{string.Join('\n', accepted.Take(8))}");
    }

    private static IEnumerable<(string Text, FactSheet Sheet)> Texts(ClassFacts facts)
    {
        yield return (Explainer.OfScene(facts).Text, FactSheet.ForScene(facts, northUp: true));
        foreach (var region in facts.Largest.Take(3))
        {
            yield return (Explainer.OfRegion(region, facts).Text, FactSheet.ForRegion(region, facts, northUp: true));
        }
    }
}
