using System.Text.Json;
using SpexStream.Domain.Retention;

namespace SpexStream.Daemon.Console;

/// <summary>Shows a plan of retention.</summary>
internal sealed class RetentionReport(bool json)
{
    /// <summary>Shows it on standard output.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="dryRun">Whether it was only made, not carried out.</param>
    public void Show(RetentionPlan plan, bool dryRun)
    {
        if (json)
        {
            Terminal.Out.WriteLine(JsonSerializer.Serialize(new
            {
                dry_run = dryRun,
                bytes = plan.Deletions.Sum(deletion => deletion.Item.Bytes),
                deletions = plan.Deletions.Select(deletion => Words(deletion.Item, $"{deletion.Reason}")),
                stays = plan.Stays.Select(stay => Words(stay.Item, $"{stay.Hold}")),
            }));
            return;
        }

        foreach (var deletion in plan.Deletions)
        {
            Line(dryRun ? "would delete" : "deleted", deletion.Item, Lower($"{deletion.Reason}"));
        }

        foreach (var stay in plan.Stays)
        {
            Line("stays", stay.Item, Lower($"{stay.Hold}"));
        }

        Terminal.Out.WriteLine(FormattableString.Invariant(
            $"{plan.Deletions.Length} things, {plan.Deletions.Sum(deletion => deletion.Item.Bytes)} bytes"));
    }

    private static void Line(string what, RetentionItem item, string reason) => Terminal.Out.WriteLine(
        FormattableString.Invariant($"{what,-13}{Lower($"{item.Class}"),-11}{item.Bytes,14} {reason,-14}{item.Path}"));

    private static object Words(RetentionItem item, string reason) => new
    {
        path = item.Path,
        @class = Lower($"{item.Class}"),
        bytes = item.Bytes,
        reason = Lower(reason),
        scene = item.Scene?.Value,
        since = item.Since.UtcDateTime,
    };

    // TooYoung becomes too-young.
    private static string Lower(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
