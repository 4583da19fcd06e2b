using System.Globalization;
using System.Text.Json.Nodes;
using SpexStream.Inference.Spex.Verification;

namespace SpexStream.Daemon.Console;

/// <summary>Shows how far computed tensors are from recorded ones, as a table or as one JSON object.</summary>
internal static class GoldenReport
{
    public static void Print(string golden, IReadOnlyList<GoldenDifference> differences, bool json)
    {
        var failed = differences.Count(difference => !difference.Passed);
        if (json)
        {
            Terminal.Out.WriteLine(new JsonObject
            {
                ["golden"] = golden,
                ["compared"] = differences.Count,
                ["failed"] = failed,
                ["tensors"] = new JsonArray([.. differences.Select(Row)]),
            }.ToJsonString());
            return;
        }

        foreach (var difference in differences)
        {
            Terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(difference.Passed ? "ok" : "FAIL"),-6}{difference.Largest,-12:0.00e+0}{difference.Remark,-22} {difference.Tensor}"));
        }

        Terminal.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{differences.Count} compared, {failed} beyond their tolerance"));
    }

    private static JsonObject Row(GoldenDifference difference) => new()
    {
        ["tensor"] = difference.Tensor,
        ["largest_difference"] = float.IsFinite(difference.Largest) ? difference.Largest : null,
        ["passed"] = difference.Passed,
        ["asked"] = difference.Remark,
    };
}
