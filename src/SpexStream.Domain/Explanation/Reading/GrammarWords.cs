namespace SpexStream.Domain.Explanation.Reading;

/// <summary>Negation, doubt, verbs, breaks and size words.</summary>
internal static class GrammarWords
{
    /// <summary>All of them.</summary>
    public static (string Phrases, Term Term)[] All { get; } =
    [
        ("no|none|nothing|without|neither|nor|lacks|lack|lacking|absent|absence of|free of|free from|devoid of"
            + "|void of|zero|free|nowhere|lack of|not any|absence", new(TermKind.None)),
        ("not|never|isn't|aren't|wasn't|weren't|doesn't|don't|didn't|can't|couldn't|hasn't|haven't|won't|wouldn't"
            + "|hardly|barely|scarcely|fails to|fail to|rather than|instead of", new(TermKind.Not)),
        ("not only|not just|no doubt|not merely|nothing but|without doubt|no longer|no more|at best|in no case"
            + "|not least|free standing|freestanding|no matter|number of pixels|next to"
            + "|next door", new(TermKind.Filler)),
        ("may|might|maybe|perhaps|possibly|could be|could have|can be|cannot|cannot tell|cannot be told|whether|if"
            + "|unclear|unknown|nothing can be said|nothing can be told|could hide|might hide|may hide|may still"
            + "|seems|appears|apparently|presumably|suggests|suggesting|likely|potentially"
            + "|can not", new(TermKind.Hedge)),
        ("region|regions|area|areas|patch|patches|bodies|body|object|objects|zone|zones|spot|spots|feature|features"
            + "|of them|stretch|stretches of|one|ones|parcel|parcels|cluster|clusters|blob|blobs|pieces|polygons",
            new(TermKind.RegionNoun)),
        ("found|seen|visible|present|detected|exists|exist|there|shows|show|showing|contains|contain|identified"
            + "|observed|mapped|any|includes|include|evident|has|have|containing", new(TermKind.Exists)),
        ("lies|lie|lying|located|situated|sits|sit|found in|placed|is in|are in|was in|were in|is at|are at|positioned"
            + "|occurs|occur|concentrated|concentrates", new(TermKind.Lies)),
        ("extends|extend|extending|stretches|stretching|spans|span|spanning|runs|run|running|reaches|reach|reaching"
            + "|along|across|throughout|spreads|spread|spreading|winds|winding|flows|flowing|crosses|crossing|from the"
            + "|bordering|scattered", new(TermKind.Extends)),
        ("covers|cover|covering|covered|fills|fill|filling|filled|occupies|occupy|occupying|dominates|dominating"
            + "|dominate|dominated|takes up|take up|accounts for|makes up|make up", new(TermKind.Covers)),
        ("it|its|they|their|this region|this area|this one|this|these|which|that", new(TermKind.Pronoun)),
        ("in total|in all|altogether|total|overall|combined|together|total area", new(TermKind.Total)),
        ("wide|long|width|length|away|apart|distant|resolution|diameter|deep|high resolution|metres from|distance"
            + "|per pixel|pixel size|pixel spacing|tall|far from|within a radius|radius|perimeter"
            + "|shoreline", new(TermKind.Length)),
        ("and|or|with|plus|as well as|also|including|both|but also|then|along with"
            + "|followed by", new(TermKind.SoftBreak)),
        ("but|while|whereas|although|though|however|yet|because|since|so|except|apart from|other than|besides"
            + "|aside from",
            new(TermKind.HardBreak)),
        ("very tiny|minute|minuscule", Size(0)),
        ("tiny|little|very small", Size(1)),
        ("small|smallish", Size(2)),
        ("medium|medium sized|mid sized|moderately sized|moderate sized", Size(3)),
        ("somewhat large|fairly large|quite large|sizeable|sizable|rather large", Size(4)),
        ("large|big|broad|very large|extensive|major", Size(5)),
        ("huge|vast|enormous|immense|gigantic|massive", Size(6)),
        ("a little|large scale|small scale|a small part|large number|by and large|at large|as small as|as large as",
            new(TermKind.Filler)),
        ("largest|biggest|main|greatest|largest one|first largest|largest of all", Rank(0)),
        ("second|second largest|next|next largest|second biggest", Rank(1)),
        ("third largest|third biggest", Rank(2)),
        ("fourth|fourth largest", Rank(3)),
        ("fifth largest", Rank(4)),
        ("sixth|sixth largest", Rank(5)),
        ("seventh|seventh largest", Rank(6)),
        ("eighth|eighth largest", Rank(7)),
        ("ninth|ninth largest", Rank(8)),
        ("tenth largest", Rank(9)),
        ("smallest", Rank(-1)),
        ("of the scene|of the image|of the picture|of the strip|of the tile|of the frame|of the view|of the photo"
            + "|of this scene|of this image|of the whole scene|of the whole image|of the entire scene"
            + "|of the entire image|of the map|of the window|of the landscape|of the total area|of the area"
            + "|of this strip|of its area|of all pixels|of the pixels|of the scene's area|of the image area"
            + "|of the scene area", In(Whole.Extent)),
        ("of what could be clearly seen|of what could be seen|of what was seen|of what was clearly seen"
            + "|of the visible area|of the clear area|of the clear pixels|of the visible part|of the clear part"
            + "|of the visible pixels|of the area seen|of the seen area|of the cloud free area"
            + "|of the visible scene", In(Whole.Seen)),
        ("of it|of them all|of this class", In(Whole.Class)),
    ];

    private static Term Size(int rank) => new(TermKind.Size) { Level = rank };

    private static Term Rank(int rank) => new(TermKind.Rank) { Level = rank };

    private static Term In(Whole whole) => new(TermKind.Whole) { Whole = whole };
}
