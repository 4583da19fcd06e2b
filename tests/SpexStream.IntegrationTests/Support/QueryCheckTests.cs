using Xunit;

namespace SpexStream.IntegrationTests.Support;

/// <summary>The check of queries finds what it is there for.</summary>
public sealed class QueryCheckTests
{
    private readonly QueryCheck _check = new(new Dictionary<string, KnownMetric>
    {
        ["spex_queue_depth"] = new(
            [Of(("stage", "journal"), ("instance", "n")), Of(("stage", "tiles"), ("instance", "n"))], "stage journal"),
        ["spex_stage_latency_seconds"] = new([Of(("stage", "header"), ("le", "0.5"))], ""),
        ["spex_scenes_closed_total"] = new([Of(("result", "complete"))], "result is complete or missing-critical"),
        ["spex_degraded_total"] = new([], "reason: deadline, no-device"),
        ["spex:queue_filled:ratio"] = new([Of(("stage", "journal"))], ""),
    });

    [Theory]
    [InlineData("spex_queue_depth{stage=\"journal\", instance=~\".*\"} > 0", "stage")]
    [InlineData("spex:queue_filled:ratio{stage=~\"journal|relay\"} > 0.9", "stage")]
    [InlineData("sum by (stage, le) (rate(spex_stage_latency_seconds_bucket{stage=\"header\"}[5m]))", "stage")]
    [InlineData("increase(spex_scenes_closed_total{result=~\"failed|missing-critical\"}[15m]) > 0", "result")]
    [InlineData("sum by (station, reason) (increase(spex_degraded_total{reason=\"deadline\"}[15m])) > 0", "reason")]
    [InlineData("vector(1)", "")]
    public void A_query_for_what_is_there_has_no_faults(string query, string shown)
    {
        var faults = _check.Faults(query, shown.Split(',', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(query.Contains("failed|", StringComparison.Ordinal)
            ? ["spex_scenes_closed_total{result=~\"failed|missing-critical\"}: nothing says that result may be failed"]
            : [], faults);
    }

    [Theory]
    [InlineData("spex_queue_dept > 0", "", "no run has spex_queue_dept")]
    [InlineData("spex_queue_depth{stag=\"journal\"}", "", "no series has the label stag")]
    [InlineData("spex_queue_depth{stage=\"jurnal\"}", "", "nothing says that stage may be jurnal")]
    [InlineData("sum by (stages) (spex_queue_depth)", "", "the label stages belongs to nothing")]
    [InlineData("spex_queue_depth", "device", "the label device belongs to nothing")]
    [InlineData("sum by (kind) (spex_degraded_total)", "", "the label kind belongs to nothing")]
    [InlineData("spex_degraded_total{reason=\"tired\"}", "", "nothing says that reason may be tired")]
    public void A_misspelt_metric_label_or_value_is_a_fault(string query, string shown, string fault) =>
        Assert.Contains(
        _check.Faults(query, shown.Split(',', StringSplitOptions.RemoveEmptyEntries)),
        found => found.Contains(fault, StringComparison.Ordinal));

    private static Dictionary<string, string> Of(params (string Name, string Value)[] labels) =>
        labels.ToDictionary(label => label.Name, label => label.Value);
}
