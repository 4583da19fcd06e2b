using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Inference.Words;

namespace SpexStream.Inference.Spex.Packs;

/// <summary>What the description of a SPEX pack must fulfil before its graphs are looked at.</summary>
internal static class SpexDescriptionRules
{
    private const int Step = 16;
    private const int LargestSide = 2048;
    private const int LargestSize = 1 << 24;
    private const int MostPositions = 131_072;
    private const int LongestName = 256;

    /// <summary>Every rule that is broken.</summary>
    public static IEnumerable<string> Faults(SpexDescription description)
    {
        var faults = Sizes(description.Sizes).ToList();
        if (faults.Count == 0)
        {
            // They divide by sizes.
            faults.AddRange(SizeRules.Faults(description.Sizes).Select(fault => $"model.json: {fault}"));
        }

        return faults.Concat(Names(description)).Concat(Input(description.Input, description.Sizes))
            .Concat(Limits(description));
    }

    // Names go to products, events and terminals, words for classes into the prompt.
    private static IEnumerable<string> Names(SpexDescription description)
    {
        (string Place, string Text)[] names = [("name", description.Name), ("version", description.Version)];
        foreach (var (place, text) in names)
        {
            if (text.Length is 0 or > LongestName || text.Any(char.IsControl))
            {
                yield return $"model.json: {place} must be a text of 1 to {LongestName} characters that can be printed";
            }
        }

        foreach (var (value, word) in description.ClassWords)
        {
            if (LandCoverClasses.FromSlug(value) is null)
            {
                yield return "model.json: class_words names a class that is none of water, vegetation, buildings";
            }
            else if (string.IsNullOrWhiteSpace(word) || word.Length > LongestName || word.Any(char.IsControl)
                || word.Contains(ChatPrompt.ImagePlaceholder, StringComparison.Ordinal))
            {
                yield return $"model.json: class_words.{value} must be 1 to {LongestName} characters that can be "
                    + $"printed, without {ChatPrompt.ImagePlaceholder}";
            }
        }
    }

    private static IEnumerable<string> Sizes(SpexSizes sizes)
    {
        var (backbone, language, mask) = (sizes.Vision.Backbone, sizes.Language, sizes.MaskDecoder);
        (string Name, int Value)[] all =
        [
            ("vision.backbone.bands", backbone.Bands), ("vision.backbone.channels", backbone.Channels),
            ("vision.aggregator_hidden", sizes.Vision.AggregatorHidden),
            ("vision.norm_groups", sizes.Vision.NormGroups),
            ("vision.mask_channels", sizes.Vision.MaskChannels), ("projector_hidden", sizes.ProjectorHidden),
            ("condensed_tokens", sizes.CondensedTokens), ("language.vocabulary", language.Vocabulary),
            ("language.hidden", language.Hidden), ("language.perceptron", language.Perceptron),
            ("language.layers", language.Layers), ("language.heads", language.Heads),
            ("language.key_value_heads", language.KeyValueHeads), ("language.positions", language.Positions),
            ("mask_decoder.hidden", mask.Hidden), ("mask_decoder.perceptron", mask.Perceptron),
            ("mask_decoder.heads", mask.Heads), ("mask_decoder.cross_reduction", mask.CrossReduction),
            ("mask_decoder.mask_tokens", mask.MaskTokens), ("mask_decoder.fit_hidden", mask.FitHidden),
            .. backbone.Depths.Select((depth, level) => ($"vision.backbone.depths[{level}]", depth)),
            .. backbone.Groups.Select((groups, level) => ($"vision.backbone.groups[{level}]", groups)),
        ];
        return all.Where(size => size.Value is < 1 or > LargestSize)
            .Select(size => $"model.json: sizes.{size.Name} is {size.Value}; it takes 1 to {LargestSize}");
    }

    private static IEnumerable<string> Input(SpexInput input, SpexSizes sizes)
    {
        if (input.Bands.Length != sizes.Vision.Backbone.Bands)
        {
            yield return
                $"model.json names {input.Bands.Length} bands for a network of {sizes.Vision.Backbone.Bands}";
        }

        foreach (var name in input.Bands.Where(name => BandSet.RoleOf(name) == BandRole.Other))
        {
            yield return $"model.json: input.bands names '{name}', which is no common name of a band";
        }

        if (input.Bands.Distinct(StringComparer.OrdinalIgnoreCase).Count() != input.Bands.Length)
        {
            yield return "model.json: input.bands names a band twice";
        }

        if (input.Mean.Length != input.Bands.Length || input.Deviation.Length != input.Bands.Length)
        {
            yield return $"model.json: input.mean and input.deviation have {input.Mean.Length} and "
                + $"{input.Deviation.Length} numbers for {input.Bands.Length} bands";
        }

        if (input.Deviation.Any(value => value <= 0) || !(input.WhiteReflectance > 0))
        {
            yield return "model.json: input.deviation and input.white_reflectance must be above 0";
        }

        if (input.SizePixels is < Step or > LargestSide || input.SizePixels % Step != 0)
        {
            yield return $"model.json: input.size_pixels is {input.SizePixels}; it takes a multiple of {Step} from "
                + $"{Step} to {LargestSide}";
        }
    }

    private static IEnumerable<string> Limits(SpexDescription description)
    {
        var (limits, vocabulary) = (description.Limits, description.Sizes.Language.Vocabulary);
        if (limits.MostPositions is < 1 or > MostPositions)
        {
            yield return $"model.json: limits.most_positions is {limits.MostPositions}; it takes 1 to {MostPositions}";
        }

        if (limits.MostNewTokens < 1 || limits.MostNewTokens > limits.MostPositions)
        {
            yield return $"model.json: limits.most_new_tokens is {limits.MostNewTokens}; it takes 1 to most_positions";
        }

        foreach (var odd in limits.EndTokens.Where(token => token < 0 || token >= vocabulary))
        {
            yield return $"model.json: limits.end_tokens names {odd}, and the vocabulary has {vocabulary} tokens";
        }
    }
}
