using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Cover;

namespace SpexStream.Domain.Alerts.Rules;

/// <summary>All rules and the areas they watch, checked together. Immutable: a changed file makes a new one.</summary>
/// <param name="Rules">The rules.</param>
/// <param name="Index">The areas.</param>
public sealed record RuleSet(ImmutableArray<AlertRule> Rules, AreaIndex Index)
{
    /// <summary>Most rules of a set.</summary>
    public const int MaxRules = 1000;

    /// <summary>No rules, for no areas.</summary>
    public static RuleSet None { get; } = new([], new([]));

    /// <summary>Full paths of the reference masks, by name.</summary>
    public ImmutableDictionary<string, string> References { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Tells sets apart that do not say the same, wherever they were read and in whatever order they list
    /// their rules and areas: 12 hex digits. Goes through every position of every area; ask once.</summary>
    public string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var rule in Rules.OrderBy(rule => rule.Id.Value, StringComparer.Ordinal))
        {
            Add($"rule {rule.Version}");
        }

        foreach (var name in References.Keys.Order(StringComparer.Ordinal))
        {
            Add($"reference {name}");
        }

        foreach (var area in Index.Areas.OrderBy(area => area.Id.Value, StringComparer.Ordinal))
        {
            Add($"area {area.Id} {area.Name}");
            foreach (var ring in area.Polygons.SelectMany(polygon => polygon.Rings))
            {
                hash.AppendData(MemoryMarshal.AsBytes(ring.AsSpan()));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];

        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes($"{text}\n"));
    }

    /// <summary>What has to be measured on the areas that may lie on a scene; each order once.</summary>
    /// <param name="areas">Numbers of the areas.</param>
    public ImmutableArray<MeasureOrder> OrdersFor(IReadOnlyCollection<int> areas) =>
        [.. Rules.SelectMany(rule => areas.Where(area => rule.Watches(Index.Areas[area].Id))
            .Select(area => OrderOf(rule, area))).Distinct()];

    /// <summary>What a rule wants to have measured in an area.</summary>
    public static MeasureOrder OrderOf(AlertRule rule, int area) => new(
        area, rule.Class, rule.MinimumHectares * AreaMeasurement.SquareMetresPerHectare,
        (rule.Baseline as AlertBaseline.Reference)?.Mask);
}
