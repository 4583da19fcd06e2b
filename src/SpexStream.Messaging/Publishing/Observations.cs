using System.Collections.Immutable;
using SpexStream.Domain.Explanation;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;

namespace SpexStream.Messaging.Publishing;

/// <summary>Makes the observations of strips, scenes and regions from their facts and explanations.</summary>
internal static class Observations
{
    /// <summary>The language of every text.</summary>
    public const string Language = "en";

    /// <summary>The summary of a class over a strip.</summary>
    public static Observation OfStrip(
        SceneSpec scene, StripEntry strip, ClassFacts facts, WrittenExplanation? words, ModelFacts model) =>
        Summary(scene, facts, words, model) with
        {
            Kind = ObservationKind.StripSummary,
            Strip = strip.Index,
            Status = ProductStatus.Preliminary,
        };

    /// <summary>The summary of a class over a closed scene.</summary>
    public static Observation OfScene(
        SceneOutcome outcome, ClassFacts facts, WrittenExplanation? words, ModelFacts model,
            ImmutableArray<ItemLink> links)
    {
        var outlines = OutcomeProducts.Outlines(outcome);
        return Summary(outcome.Scene, facts, words, model) with
        {
            Revision = outcome.Revision,
            Outlines = outlines,
            Bounds = outlines.IsEmpty ? null : GeoBox.Around(outlines[0]),
            Links = links,
        };
    }

    /// <summary>A region of a closed scene.</summary>
    public static Observation OfRegion(
        SceneOutcome outcome, RegionSketch region, ClassFacts scene, WrittenExplanation? words, ModelFacts model,
        ImmutableArray<ItemLink> links)
    {
        var facts = region.Facts;
        return Summary(outcome.Scene, scene, words, model) with
        {
            Kind = ObservationKind.Region,
            RegionId = facts.Id,
            Revision = outcome.Revision,
            Outlines = region.Outlines,
            Bounds = region.Outlines.IsEmpty ? null : GeoBox.Around(region.Outlines[0]),
            Centre = facts.CentroidOnEarth,
            AreaSquareMetres = facts.AreaSquareMetres,
            Fraction = facts.Share,
            Confidence = new ConfidenceFacts(facts.MeanConfidence, facts.TenthPercentileConfidence),
            RegionCount = null,
            Window = facts.Bounds,
            Links = links,
        };
    }

    private static Observation Summary(
        SceneSpec scene, ClassFacts facts, WrittenExplanation? words, ModelFacts model) => new()
        {
            Kind = ObservationKind.SceneSummary,
            Class = facts.Class switch
            {
                LandCoverClass.Water => ProductClass.Water,
                LandCoverClass.Vegetation => ProductClass.Vegetation,
                _ => ProductClass.Buildings,
            },
            Platform = scene.Platform,
            Scene = scene.Id,
            Revision = 1,
            Status = facts.IsPreliminary ? ProductStatus.Preliminary : ProductStatus.Final,
            SensingStart = scene.SensedFrom,
            SensingEnd = scene.SensedTo,
            Outlines = [],
            Bounds = null,
            Centre = facts.CentreOnEarth,
            AreaSquareMetres = facts.AreaSquareMetres,
            Fraction = facts.Visibility.Clear == 0 ? double.NaN : (double)facts.Pixels / facts.Visibility.Clear,
            Confidence = double.IsNaN(facts.MeanConfidence) ? null : new ConfidenceFacts(facts.MeanConfidence),
            Evidence = words is null ? [] : [.. words.Evidence.Where(e => e.Value is not null)
            .Select(e => new EvidenceItem(e.Quantity, e.Value!.Value, e.Threshold, e.Passed))],
            Explanation = words is null ? null : new ExplanationText(words.Text, Language, IsGenerated: false),
            Model = model,
            Visibility = VisibilityShares.From(facts.Visibility),
            CompletenessPercent = facts.CompletenessPercent,
            RegionCount = facts.RegionCount,
            Window = facts.Extent,
            Remarks = facts.Remarks,
        };
}
