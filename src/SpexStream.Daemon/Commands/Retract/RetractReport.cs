using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using SpexStream.Daemon.Console;

namespace SpexStream.Daemon.Commands.Retract;

/// <summary>Tells what is to be withdrawn, or was.</summary>
internal sealed class RetractReport(bool json)
{
    /// <summary>Products that were not withdrawn.</summary>
    public int Failures { get; private set; }

    /// <summary>Tells of those that nobody could look at; they stay.</summary>
    public void Pass(ImmutableArray<UnreadProduct> products)
    {
        foreach (var product in products)
        {
            if (!json)
            {
                Terminal.Error.WriteLine(
                    $"{product.Scene} revision {product.Revision} is left alone: {product.Reason}");
                continue;
            }

            var facts = Facts(new(product.Scene, product.Revision, null));
            (facts["status"], facts["reason"], facts["message"]) = ("failed", "unread", product.Reason);
            Terminal.Out.WriteLine(facts.ToJsonString());
        }
    }

    public void Plan(ImmutableArray<RetractTarget> targets)
    {
        foreach (var target in targets)
        {
            Terminal.Out.WriteLine(json ? Facts(target).ToJsonString() : Words(target));
        }

        if (!json)
        {
            Terminal.Out.WriteLine(targets.Any(target => target.Revision is null)
                ? "it would be withdrawn if the station has it: nobody has looked, for that needs --data or --journal"
                : $"{targets.Length} products would be withdrawn");
        }
    }

    public void Show(RetractTarget target, CommandReply reply)
    {
        Failures += reply.IsDone ? 0 : 1;
        if (!json)
        {
            Terminal.Out.WriteLine($"{Words(target)}: {reply.Sentence}");
            return;
        }

        var facts = Facts(target);
        (facts["status"], facts["reason"], facts["message"]) = (reply.Status, reply.Reason, reply.Sentence);
        Terminal.Out.WriteLine(facts.ToJsonString());
    }

    private static string Words(RetractTarget target) => target.Revision is { } revision
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{target.Scene} revision {revision}, sensed {target.SensedTo:yyyy-MM-dd'T'HH:mm:ss'Z'}")
        : target.Scene.Value;

    private static JsonObject Facts(RetractTarget target) => new()
    {
        ["scene"] = target.Scene.Value,
        ["revision"] = target.Revision,
        ["sensed"] = target.SensedTo?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    };
}
