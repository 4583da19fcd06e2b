using SpexStream.Domain.Products;

namespace SpexStream.Domain.Explanation;

/// <summary>
/// Decides whether the text of a language model goes out. It does when it can be read, names its class, and nothing
/// in it speaks against what was measured; else our own sentences on the same facts take its place. Pure; any thread.
/// </summary>
public static class TextVerdict
{
    /// <summary>Judges a text on one class over a tile, strip or scene.</summary>
    /// <param name="text">What the model wrote; null when it wrote nothing, which is no rejection.</param>
    /// <param name="facts">What was measured of the class it was asked for.</param>
    /// <param name="northUp">See <see cref="FactSheet.NorthUp"/>.</param>
    /// <param name="others">The other classes, where they were measured.</param>
    public static JudgedText Judge(string? text, ClassFacts facts, bool northUp, params IEnumerable<ClassFacts> others)
    {
        if (text is null)
        {
            return new(Explainer.OfScene(facts).Text, TextSource.Template, null, []);
        }

        var written = text.Trim();
        var verdict = ExplanationChecker.Check(written, FactSheet.ForScene(facts, northUp, others));
        return verdict.IsAccepted
            ? new(written, TextSource.Model, null, verdict.Claims)
            : new(Explainer.OfScene(facts).Text, TextSource.Template, verdict.Reason, verdict.Claims);
    }
}
