using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Explanation.Reading;

/// <summary>Words that say what a number measures, and phrases on the state of the product.</summary>
internal static class TopicWords
{
    /// <summary>All of them.</summary>
    public static (string Phrases, Term Term)[] All { get; } =
    [
        ("cloud|clouds|cloudy|cloud cover|clouded|cloudiness|overcast", Of(Topic.Cloud)),
        ("cloud shadow|cloud shadows|cloud's shadow|shadow of cloud|shadow of clouds", Of(Topic.CloudShadow)),
        ("shadow|shadows|shaded|shade", Of(Topic.Shadow)),
        ("snow|ice|snow or ice|snow and ice|snow cover|snowy|snow covered|icy", Of(Topic.SnowIce)),
        ("no answer|without an answer|without answer|unanswered", Of(Topic.NoAnswer)),
        ("no data|nodata|without data|missing data|data gap|data gaps", Of(Topic.NoData)),
        ("hidden|obscured|invisible|unseen|could not be seen|was not seen|cannot be seen|not be seen"
            + "|could not be clearly seen|could not be judged|not clearly seen", Of(Topic.Hidden)),
        ("could be clearly seen|was clearly seen|could be seen|was seen|clearly visible|were clearly seen|clear sky"
            + "|clear skies|is clear|was clear|are clear", Of(Topic.Clear)),
        ("expected strips|strips|strip expected|completeness", Of(Topic.Strips)),
        ("confidence|confident|certainty", Of(Topic.Confidence)),
        ("10th percentile|tenth percentile|lowest tenth", Of(Topic.Percentile)),
        ("partial surface water|partial water|partly water|partially water|mixed water",
            new Term(TermKind.Topic) { Topic = Topic.Partial }),
        ("preliminary|provisional", Of(Status.Preliminary)),
        ("is final|final product|are final|final result|final version", Of(Status.Final)),
        ("not screened for cloud|not screened for clouds|unscreened|no cloud screening|without cloud screening"
            + "|cloud was not screened|not been screened for cloud|not been screened for clouds",
            Of(Status.NotScreenedForCloud)),
        ("screened for cloud|screened for clouds|cloud screened", Of(Status.ScreenedForCloud)),
        ("touches the edge|touch the edge|reaches the edge|reach the edge|cut by the edge|touching the edge"
            + "|cut off by the edge|touches the border|reaches the border|touches the image edge|touches the scene edge"
            + "|reaching the edge|cut off at the edge", Of(Status.TouchesEdge)),
        ("nothing could be clearly seen|nothing could be seen|nothing was seen|nothing is visible|nothing can be seen",
            Of(Status.NothingSeen)),
        ("everything could be clearly seen|everything could be seen|everything is visible|fully visible",
            Of(Status.AllSeen)),
        ("cloudless|cloud free|free of cloud|free of clouds|without cloud|without clouds|no cloud|no clouds"
            + "|without any cloud|no cloud cover|free from cloud|free from clouds", Of(Status.CloudFree)),
        ("all strips arrived|all expected strips arrived|the scene is complete|scene is complete", Of(Status.Complete)),
        ("ndwi", Of(IndexKind.Ndwi)),
        ("ndvi", Of(IndexKind.Ndvi)),
        ("mndwi", Of(IndexKind.Mndwi)),
        ("ndbi", Of(IndexKind.Ndbi)),
        ("threshold|thresholds", new Term(TermKind.Threshold)),
        ("moderate|moderately", Level(2)),
        ("very low", Level(0)),
        ("low", Level(1)),
        ("high|highly", Level(3)),
        ("very high|very highly|extremely high", Level(4)),
    ];

    private static Term Of(Topic topic) => new(TermKind.Topic) { Topic = topic };

    private static Term Of(Status status) => new(TermKind.Status) { Status = status };

    private static Term Of(IndexKind index) => new(TermKind.Index) { Index = index };

    private static Term Level(int band) => new(TermKind.Level) { Level = band };
}
