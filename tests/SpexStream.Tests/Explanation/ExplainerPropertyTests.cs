using SpexStream.Domain.Explanation;
using SpexStream.Domain.Products;
using Xunit;

namespace SpexStream.Tests.Explanation;

/// <summary>Every text of the explainer is short, well formed and passes the checker.</summary>
public sealed class ExplainerPropertyTests
{
    private const int Seed = 20261122;
    private const int Rounds = 1500;

    [Fact]
    public void Every_text_passes_the_checker_against_its_own_facts()
    {
        var random = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
        {
            var facts = RandomFacts.Scene(random, round % 3 == 0);
            Check(Explainer.OfScene(facts).Text, FactSheet.ForScene(facts, northUp: round % 2 == 0),
                Explainer.SceneLimit, round);
            foreach (var region in facts.Largest)
            {
                Check(Explainer.OfRegion(region, facts).Text, FactSheet.ForRegion(region, facts, round % 2 == 0),
                    Explainer.RegionLimit, round);
            }
        }
    }

    [Fact]
    public void The_same_facts_give_the_same_text()
    {
        ClassFacts One() => RandomFacts.Scene(new Random(Seed));
        Assert.Equal(Explainer.OfScene(One()).Text, Explainer.OfScene(One()).Text);
    }

    private static void Check(string text, FactSheet sheet, int limit, int round)
    {
        Assert.True(text.Length <= limit, $"seed {Seed} round {round}: {text.Length} characters: {text}");
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.DoesNotContain("  ", text, StringComparison.Ordinal);
        var result = ExplanationChecker.Check(text, sheet);
        Assert.True(result.IsAccepted,
            $"seed {Seed} round {round}: {result.Reason}\n{text}\n{string.Join('\n', result.Contradicted)}");
    }
}
