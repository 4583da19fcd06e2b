using SpexStream.Domain.Explanation.Reading;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>Goes through the clauses of a text and lets each kind of claim be judged.</summary>
internal static class TextJudge
{
    /// <summary>Adds every claim of the text to <paramref name="claims"/>; false when it never names its
    /// topic.</summary>
    public static bool Judge(FactSheet sheet, List<Token> tokens, ClaimList claims)
    {
        var terms = TermReader.Read(tokens);
        var story = new Story(sheet);
        foreach (var clause in ClauseSplitter.Split(tokens, terms))
        {
            Denial.Mark(clause);
            story.Enter(clause);
            var subjects = clause.Classes.Select(story.CandidatesOf).OfType<Candidates>().ToList();
            JudgeClause(new(clause, sheet, subjects, claims));
        }

        return sheet.Topic is null || terms.Exists(term => term.Kind == TermKind.Class && term.Class == sheet.Topic);
    }

    private static void JudgeClause(Case at)
    {
        PresenceJudge.Judge(at);
        StatusJudge.Judge(at);
        VisibilityJudge.JudgeMentions(at);

        // Figures before words: a figure singles out a region, and the words must then fit that one.
        CoordinateJudge.Judge(at);
        AreaJudge.Judge(at);
        PlaceJudge.Judge(at);
        RelationJudge.Judge(at);
        SizeJudge.Judge(at);
        NumberJudge.Judge(at);
        IndexJudge.JudgeSides(at);
        ConfidenceJudge.Judge(at);
        CountJudge.JudgeRanks(at);
    }
}
