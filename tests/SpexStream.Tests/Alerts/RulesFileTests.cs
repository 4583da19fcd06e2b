using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Rules;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Alerts;

public sealed class RulesFileTests : IDisposable
{
    private const string Areas = """
        {"type":"FeatureCollection","features":[
          {"type":"Feature","id":"meadow","properties":{"name":"The meadow"},
           "geometry":{"type":"Polygon","coordinates":[[[10,50],[10.1,50],[10.1,50.1],[10,50.1],[10,50]]]}},
          {"type":"Feature","properties":{"id":"fiji"},
           "geometry":{"type":"MultiPolygon","coordinates":[
             [[[179,-17],[-179,-17],[-179,-16],[179,-16],[179,-17]],
              [[179.5,-16.6],[179.6,-16.6],[179.6,-16.5],[179.5,-16.5],[179.5,-16.6]]]]}}]}
        """;

    private const string Rules = """
        version: 1
        areas: areas.geojson
        references: { usual-water: usual.tif }
        rules:
          - id: river-flood
            areas: [meadow]
            class: water
            metric: change
            baseline: { reference: usual-water }
            enter: 5
            exit: 2
            confirm: { passes: 2, of: 3 }
            cool_down_hours: 24
            severity: { moderate: 5, severe: 50 }
            language: de
          - id: bare
            class: buildings
            metric: share
            enter: 20
            exit: 15
            severity: minor
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_without_fault_gives_rules_and_areas()
    {
        var reading = Read(Rules, Areas);
        Assert.Empty(reading.Faults);
        var (flood, bare) = (reading.Set!.Rules[0], reading.Set.Rules[1]);
        Assert.Equal(
            (LandCoverClass.Water, AlertMetric.Change, 5.0, 2.0, MessageLanguage.German, TimeSpan.FromDays(1)),
            (flood.Class, flood.Metric, flood.Enter, flood.Exit, flood.Language, flood.CoolDown));
        Assert.Equal(new AlertBaseline.Reference("usual-water"), flood.Baseline);
        Assert.Equal(_folder["usual.tif"], reading.Set.References["usual-water"]);
        Assert.Equal([_folder["rules.yaml"], _folder["areas.geojson"], _folder["usual.tif"]], reading.Files.ToArray());
        Assert.Equal(AlertSeverity.Severe, flood.SeverityOf(50));
        Assert.Equal((0.2, 60.0, 2, 3), (
            bare.MinimumHectares, bare.MinimumClearPercent, bare.ConfirmPasses, bare.OutOfPasses));
        Assert.Equal(["The meadow", "fiji"], reading.Set.Index.Areas.Select(area => area.Name));
        Assert.True(bare.Watches(reading.Set.Index.Areas[1].Id) && !flood.Watches(reading.Set.Index.Areas[1].Id));
        var fiji = Assert.Single(reading.Set.Index.Areas[1].Polygons);
        Assert.Equal((179.0, 181.0, 2), (fiji.Box.West, fiji.Box.East, fiji.Rings.Length));
    }

    [Fact]
    public void Every_fault_is_listed_with_its_place()
    {
        var reading = Read(
            """
            version: 1
            areas: areas.geojson
            colour: blue
            rules:
              - id: Flood
                areas: [meadow, moor]
                class: lava
                metric: share
                baseline: { median_passes: 3 }
                enter: 120
                exit: five
                confirm: { passes: 4, of: 3 }
                severity: { severe: 120, minor: 130 }
              - id: twin
                class: water
                metric: change
                enter: 5
                exit: 5
                severity: minor
              - id: twin
                class: water
                metric: area
                enter: 5
                exit: 2
                treshold: 3
            """,
            Areas);
        Assert.Null(reading.Set);
        var faults = reading.Faults.Select(fault => fault.ToString()).ToArray();
        string[] expected =
        [
            "rules.yaml:3 colour is not known",
            "rules.yaml:5 rules[0].id is 'Flood'",
            "rules.yaml:6 rules[0].areas names 'moor', which is not in the file of areas",
            "rules.yaml:7 rules[0].class is 'lava'",
            "rules.yaml:9 rules[0].baseline has no meaning with the metric share",
            "rules.yaml:10 rules[0].enter is 120",
            "rules.yaml:11 rules[0].exit is 'five', not a number",
            "rules.yaml:12 rules[0].confirm asks for 4 of 3 passes",
            "rules.yaml:14 rules[1].baseline is missing for the metric change",
            "rules.yaml:18 rules[1].exit equals enter",
            "rules.yaml:20 rules[2].id is 'twin', which another rule has",
            "rules.yaml:25 rules[2].treshold is not known",
            "rules.yaml:20 rules[2].severity is missing",
        ];
        Assert.All(expected, text => Assert.Contains(
            faults, fault => fault.StartsWith(text, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("enter: 20", "enter: 20 %", "rules.yaml:19 rules[1].enter is '20 %', not a number")]
    [InlineData("class: buildings", "class: [water]", "rules.yaml:17 rules[1].class is a list, not a text")]
    [InlineData("severity: minor", "severity: { minor: 2O }", "rules.yaml:21 rules[1].severity.minor is '2O', not a")]
    [InlineData(
        "baseline: { reference: usual-water }", "baseline: { median_passes: 7x }",
        "rules.yaml:9 rules[0].baseline.median_passes is '7x', not a number")]
    [InlineData(
        "exit: 2\n", "exit: 8\n", "rules.yaml:14 rules[0].severity lets severe begin at 50, and exit above enter")]
    public void One_mistake_is_one_fault_at_its_line(string right, string wrong, string fault) => Assert.StartsWith(
        fault, Assert.Single(Read(Rules.Replace(right, wrong, StringComparison.Ordinal), Areas).Faults).ToString(),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("{ usual-water: usual.tif }", "other", "names the reference 'other', which is not listed")]
    [InlineData("{ Usual: usual.tif }", "usual-water", "has no valid name")]
    [InlineData("usual.tif", "usual-water", "is no mapping")]
    public void A_reference_that_cannot_be_had_is_a_fault(string references, string named, string what) =>
        Assert.Contains(
            Read(
                Rules.Replace("{ usual-water: usual.tif }", references, StringComparison.Ordinal)
                    .Replace("reference: usual-water", $"reference: {named}", StringComparison.Ordinal),
                Areas).Faults,
            fault => fault.ToString().Contains(what, StringComparison.Ordinal));

    [Theory]
    [InlineData("[]", "is no FeatureCollection")]
    [InlineData("{", "is not JSON")]
    [InlineData("""{"type":"FeatureCollection","features":[]}""", "has 0 features")]
    [InlineData("""{"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[1,2]}}""", "has no polygon")]
    [InlineData(
        """{"type":"Feature","id":"A b","geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}}""",
        "has the id 'A b'")]
    [InlineData(
        """{"type":"Feature","id":"a","geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}}""",
        "has a ring that is none")]
    [InlineData(
        """{"type":"Feature","id":"a","geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[2,0],[0,0]]]}}""",
        "has a polygon without area")]
    [InlineData(
        """{"type":"Feature","id":"a","geometry":{"type":"Polygon","coordinates":[[[0,8],[120,8],[-120,8],[0,8]]]}}""",
        "goes around a pole")]
    public void A_file_of_areas_that_cannot_be_used_says_why(string areas, string what) =>
        Assert.Contains(Read(Rules, areas).Faults, fault => fault.What == what);

    [Theory]
    [InlineData("expires_hours: 48", 1)]
    [InlineData("max_age_hours: 168", 1)]
    [InlineData("expires_hours: 49", 0)]
    [InlineData("max_age_hours: 3\n    expires_hours: 4", 0)]
    public void An_alert_that_is_over_before_it_is_told_is_a_fault(string keys, int faults) => Assert.Equal(
        faults,
        Read(Rules.Replace("    language: de", $"    {keys}", StringComparison.Ordinal), Areas).Faults
            .Count(fault => fault.ToString().Contains(
                "rules[0].expires_hours is not above max_age_hours", StringComparison.Ordinal)));

    [Fact]
    public void A_file_of_areas_in_another_encoding_is_a_fault()
    {
        Read(Rules, Areas);
        var text = Areas.Replace("The meadow", "Die Fl\u00e4che", StringComparison.Ordinal);
        File.WriteAllText(_folder["areas.geojson"], text, System.Text.Encoding.Latin1);
        Assert.Contains(
            RulesFile.Read(_folder["rules.yaml"]).Faults, fault => fault.What == "has text that is not UTF-8");
    }

    [Fact]
    public void A_name_with_half_a_character_is_a_fault() => Assert.Contains(
        Read(Rules, Areas.Replace("The meadow", "\\ud800", StringComparison.Ordinal)).Faults,
        fault => fault.What == "has text that is not UTF-8");

    [Theory]
    [InlineData("\\u0001\\u0007", "has a name of which nothing can be seen")]
    [InlineData(" \\u200b\\uffff\\u00a0", "has a name of which nothing can be seen")]
    [InlineData("long", "has a name of 201 characters")]
    public void A_name_that_nobody_could_read_is_a_fault(string name, string what)
    {
        var text = name == "long" ? new string('x', 201) : name;
        var reading = Read(Rules, Areas.Replace("The meadow", text, StringComparison.Ordinal));
        Assert.Null(reading.Set);
        Assert.Contains(reading.Faults, fault => (fault.Where, fault.What) == ("areas.geojson features[0]", what));
    }

    [Theory]
    [InlineData("", "meadow")]
    [InlineData("\\u6c34 \\ud83c\\udf0a", "\u6c34 \ud83c\udf0a")]
    [InlineData("long", null)]
    public void An_area_without_a_name_is_called_by_its_id_and_any_other_name_stands(string name, string? called)
    {
        var longest = new string('x', 200);
        var text = name == "long" ? longest : name;
        var reading = Read(Rules, Areas.Replace("The meadow", text, StringComparison.Ordinal));
        Assert.Equal(called ?? longest, reading.Set!.Index.Areas[0].Name);
    }

    [Theory]
    [InlineData("version: 1\nversion: 1\n", "is not YAML")]
    [InlineData("a: [", "is not YAML")]
    [InlineData("- 1", "is a list, not a mapping")]
    [InlineData("", "has 0 documents")]
    public void A_text_that_is_no_rules_file_is_said_to_be_none(string rules, string what) =>
        Assert.Contains(Read(rules, Areas).Faults, fault => fault.What.StartsWith(what, StringComparison.Ordinal));

    [Fact]
    public void A_file_that_is_not_there_is_a_fault() =>
        Assert.Contains("cannot be read", Assert.Single(RulesFile.Read("/nonexistent/rules.yaml").Faults).What);

    private RuleReading Read(string rules, string areas)
    {
        File.WriteAllText(_folder["rules.yaml"], rules);
        File.WriteAllText(_folder["areas.geojson"], areas);
        File.WriteAllText(_folder["usual.tif"], "a mask");
        return RulesFile.Read(_folder["rules.yaml"]);
    }
}
