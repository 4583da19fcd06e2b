using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;

namespace SpexStream.Messaging.Rules;

/// <summary>The reference masks of a rules file, by name.</summary>
internal static class ReferenceNames
{
    public static ImmutableDictionary<string, string> Read(YamlPlace list, string folder)
    {
        var references = ImmutableDictionary.CreateBuilder<string, string>();
        if (list.Exists && !list.IsMapping)
        {
            list.Fault("is no mapping", "write the name of each mask and its file");
        }

        foreach (var name in list.Names())
        {
            var entry = list.Member(name);
            if (!TopicLevel.IsValid(name))
            {
                entry.Fault("has no valid name", $"use {TopicLevel.Rule}");
            }
            else if (entry.Required().Text() is { } file)
            {
                references[name] = Path.GetFullPath(Path.Combine(folder, file));
            }
        }

        return references.ToImmutable();
    }

    public static void Check(
        ImmutableArray<AlertRule> rules, ImmutableDictionary<string, string> references, string file,
        List<RuleFault> faults)
    {
        foreach (var rule in rules)
        {
            if (rule.Baseline is AlertBaseline.Reference { Mask: var mask } && !references.ContainsKey(mask))
            {
                faults.Add(new(
                    $"{file} rule {rule.Id}", $"names the reference '{mask}', which is not listed",
                    $"write references: {{ {mask}: FILE }}"));
            }
        }
    }
}
