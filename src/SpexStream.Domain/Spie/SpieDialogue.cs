using SpexStream.Domain.Explanation;
using SpexStream.Domain.Products;

namespace SpexStream.Domain.Spie;

/// <summary>One question and answer of a training set, both from the same measured regions of a picture.</summary>
/// <param name="Question">The instruction with the regions' attributes, image placeholder included.</param>
/// <param name="Answer">Plain English on the same regions.</param>
public sealed record SpieDialogue(string Question, string Answer)
{
    /// <summary>The dialogue on one class of a picture; null when the answer does not pass the checker against the very
    /// facts it was written from.</summary>
    /// <param name="facts">The class over the picture, with its largest regions in SPIE order.</param>
    public static SpieDialogue? Of(ClassFacts facts)
    {
        var answer = Explainer.OfPicture(facts);
        return ExplanationChecker.Check(answer, FactSheet.ForScene(facts, northUp: false)).IsAccepted
            ? new(SpiePrompt.Message(facts.Class, facts.Largest.Select(region => region.Spie)), answer)
            : null;
    }
}
