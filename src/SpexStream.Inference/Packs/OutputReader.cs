using System.Collections.Immutable;

namespace SpexStream.Inference.Packs;

/// <summary>Reads a Model Output Object.</summary>
internal static class OutputReader
{
    private const int MostClasses = 256;

    private static readonly Dictionary<string, CoverTarget> Targets = new(StringComparer.Ordinal)
    {
        ["water"] = CoverTarget.Water,
        ["vegetation"] = CoverTarget.Vegetation,
        ["buildings"] = CoverTarget.Buildings,
        ["land"] = CoverTarget.Land,
        ["cloud"] = CoverTarget.Cloud,
        ["cloud-shadow"] = CoverTarget.CloudShadow,
        ["snow-ice"] = CoverTarget.SnowIce,
        ["none"] = CoverTarget.Nothing,
    };

    public static PackOutput Read(PackField field)
    {
        field.OnlyKnows("spex:values", "spex:exclusive");
        var exclusive = field["spex:exclusive"].Flag(true);
        var classes = Classes(field["classification:classes"], exclusive);
        _ = TensorShape.Read(field["result"], "classes", classes.Length);
        if (exclusive && classes.Length == 1)
        {
            field["spex:exclusive"].Fault("is true, or missing, with a single class; such a model needs false");
        }

        if (!field["post_processing_function"].IsMissing)
        {
            field["post_processing_function"].Fault("is given, and no code of a pack is run");
        }

        return new(
            field["name"].Text(), PackReader.TypeOf(field["result"]["data_type"]),
            field["spex:values"].Word(null, "logits", "probabilities") == "logits", exclusive, classes);
    }

    /// <summary>The word for a target, as descriptions and reports write it.</summary>
    public static string Word(CoverTarget target) => Targets.First(pair => pair.Value == target).Key;

    private static ImmutableArray<PackClass> Classes(PackField field, bool exclusive)
    {
        var classes = new List<PackClass>();
        foreach (var one in field.List(1, MostClasses, $"1 to {MostClasses} classes"))
        {
            one.OnlyKnows("spex:class", "spex:threshold");
            var name = one["name"].Text();
            var target = one["spex:class"].Word(Targets.ContainsKey(name) ? name : null, [.. Targets.Keys]);
            classes.Add(new(
                one["value"].Whole(null, 0, MostClasses - 1), name, Targets[target],
                one["spex:threshold"].Number(
                    exclusive ? 0 : 0.5, value => value is >= 0 and <= 1, "a number from 0 to 1")));
        }

        if (classes.Count > 0
            && !classes.Select(one => one.Channel).Order().SequenceEqual(Enumerable.Range(0, classes.Count)))
        {
            field.Fault(
                $"must have the values 0 to {classes.Count - 1}, each once: they are the channels of the output");
        }

        foreach (var group in classes.GroupBy(one => one.Target).Where(
            group => group.DistinctBy(one => one.Threshold).Count() > 1))
        {
            field.Fault($"gives the classes that are {Word(group.Key)} different thresholds; give them the same");
        }

        return [.. classes.OrderBy(one => one.Channel)];
    }
}
