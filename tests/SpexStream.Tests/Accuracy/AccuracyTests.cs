using SpexStream.Domain.Accuracy;
using SpexStream.Domain.LandCover;
using Xunit;

namespace SpexStream.Tests.Accuracy;

public sealed class AccuracyTests
{
    private static readonly byte[] Mask =
    [
        MaskCode.Yes, MaskCode.Yes, MaskCode.Yes, MaskCode.No, MaskCode.No, MaskCode.Partial, MaskCode.Cloud,
        MaskCode.NoAnswer, MaskCode.Nodata, MaskCode.Yes,
    ];

    private static readonly byte[] Labels = [1, 1, 0, 1, 0, 1, 1, 0, 0, ReferenceLabel.None];

    [Fact]
    public void Every_labelled_pixel_is_counted_once()
    {
        var counts = ConfusionCounts.Of(Mask, Labels);

        Assert.Equal(new ConfusionCounts(2, 1, 2, 1, 1, 2), counts);
        Assert.Equal((6, 3), (counts.Answered, counts.Unanswered));
    }

    [Fact]
    public void Partial_water_counts_as_water_on_demand() =>
        Assert.Equal(3, ConfusionCounts.Of(Mask, Labels, partialIsClass: true).TruePositive);

    [Fact]
    public void Scores_follow_their_definitions()
    {
        var counts = new ConfusionCounts(TruePositive: 6, 2, 4, 8, 3, 1);

        Assert.Equal(0.5, counts.IntersectionOverUnion, 12);
        Assert.Equal(12 / 18.0, counts.F1, 12);
        Assert.Equal(0.75, counts.Precision, 12);
        Assert.Equal(0.6, counts.Recall, 12);
        Assert.Equal(0.7, counts.OverallAccuracy, 12);
        Assert.Equal(4 / 24.0, counts.UnansweredShare, 12);
    }

    [Fact]
    public void A_score_without_anything_to_score_is_not_a_number()
    {
        var counts = ConfusionCounts.Of([MaskCode.No], [ReferenceLabel.Other]);

        Assert.True(double.IsNaN(counts.IntersectionOverUnion));
        Assert.True(double.IsNaN(counts.Precision));
        Assert.True(double.IsNaN(counts.Recall));
        Assert.Equal(1, counts.OverallAccuracy);
    }

    [Fact]
    public void Parts_add_up_to_the_whole() => Assert.Equal(
        ConfusionCounts.Of(Mask, Labels),
        ConfusionCounts.Of(Mask.AsSpan(0, 4), Labels.AsSpan(0, 4))
            + ConfusionCounts.Of(Mask.AsSpan(4), Labels.AsSpan(4)));

    [Fact]
    public void Reliability_compares_confidence_with_the_share_of_right_answers()
    {
        var table = new ReliabilityTable();
        table.Add(
            [MaskCode.Yes, MaskCode.Yes, MaskCode.No, MaskCode.No, MaskCode.Cloud],
            [95, 91, 100, 40, 255],
            [1, 0, 0, 1, 1]);

        var top = table.Rows[9];
        Assert.Equal((3, 2), (top.Answers, top.Right));
        Assert.Equal(286 / 3.0, top.MeanConfidence, 9);
        Assert.Equal((1, 0), (table.Rows[4].Answers, table.Rows[4].Right));
        Assert.Equal((286 - 200 + 40) / 4.0, table.ExpectedCalibrationError, 9);
    }

    [Fact]
    public void Reliability_of_parts_merges()
    {
        var (first, second) = (new ReliabilityTable(), new ReliabilityTable());
        first.Add([MaskCode.Yes], [50], [1]);
        second.Add([MaskCode.Yes], [54], [0]);

        first.Merge(second);

        Assert.Equal(new ReliabilityBin(50, 2, 1, 52), first.Rows[5]);
    }

    [Fact]
    public void Maps_of_different_size_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ConfusionCounts.Of([1], [1, 0]));
        Assert.Throws<ArgumentException>(() => new ReliabilityTable().Add([1], [50, 60], [1]));
    }
}
