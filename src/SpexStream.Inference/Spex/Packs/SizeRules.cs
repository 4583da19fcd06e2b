namespace SpexStream.Inference.Spex.Packs;

/// <summary>What sizes must fulfil before a graph can be written for them.</summary>
internal static class SizeRules
{
    /// <summary>Every rule that is broken.</summary>
    public static IEnumerable<string> Faults(SpexSizes sizes)
    {
        var (backbone, language, mask) = (sizes.Vision.Backbone, sizes.Language, sizes.MaskDecoder);
        (bool Kept, string Fault)[] rules =
        [
            (backbone.Depths.Count == 4 && backbone.Groups.Count == 4, "the vision tower does not have four levels"),
            (backbone.Depths.All(depth => depth <= 256), "a level of the vision tower has more than 256 blocks"),
            (backbone.Groups.Select((groups, level) => backbone.Width(level) % groups).All(rest => rest == 0),
                "the channels of a level cannot be split among its groups"),
            (backbone.Channels % 2 == 0, "the first level has an odd number of channels"),
            (sizes.Vision.AggregatorHidden % sizes.Vision.NormGroups == 0,
                "the aggregated channels cannot be split among the norm's groups"),
            (language.Hidden % (2 * language.Heads) == 0,
                "the language model's width cannot be split into heads with two halves"),
            (language.Heads % language.KeyValueHeads == 0, "query heads cannot be shared out among key heads"),
            (mask.Hidden == sizes.Vision.MaskChannels, "vision tower and mask decoder have different widths"),
            (mask.Hidden % 8 == 0 && mask.Hidden % (mask.Heads * mask.CrossReduction) == 0,
                "the mask decoder's width cannot be split into heads"),
            (mask.PositionFeatures * 2 == mask.Hidden, "the positional encoding is not as wide as the mask decoder"),
            (mask.FitDepth >= 2, "the head that predicts the fit has fewer than two layers"),
        ];
        return rules.Where(rule => !rule.Kept).Select(rule => rule.Fault);
    }
}
