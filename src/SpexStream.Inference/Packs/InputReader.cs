using System.Collections.Immutable;
using SpexStream.Domain.Imagery;

namespace SpexStream.Inference.Packs;

/// <summary>Reads a Model Input Object.</summary>
internal static class InputReader
{
    private const int MostBands = 64;

    public static PackInput Read(PackField field)
    {
        field.OnlyKnows("spex:units", "spex:clip");
        var bands = Bands(field["bands"]);
        var shape = TensorShape.Read(field["input"], "bands", bands.Length);
        Refuse(field["resize_type"], "no resizing is done; cut windows by spex:tiling instead");
        Refuse(field["pre_processing_function"], "no code of a pack is run; state the scaling in value_scaling");
        return new(
            field["name"].Text(), bands, shape.Batch, shape.Edge, PackReader.TypeOf(field["input"]["data_type"]),
            field["spex:units"].Word("reflectance", "reflectance", "counts") == "reflectance",
            Clip(field["spex:clip"], Scaling(field["value_scaling"], bands.Length)));
    }

    private static ImmutableArray<string> Bands(PackField field)
    {
        var names = new List<string>();
        foreach (var band in field.List(1, MostBands, $"1 to {MostBands} bands by their common names"))
        {
            var name = (band.IsText ? band : band["name"]).Text();
            Refuse(band["expression"], "no expressions are evaluated");
            if (name.Length > 0 && BandSet.RoleOf(name) == BandRole.Other)
            {
                band.Fault($"is '{name}', no common name; they are {string.Join(", ", CommonNames)}");
            }
            else if (names.Contains(name))
            {
                band.Fault($"names '{name}' a second time");
            }

            names.Add(name);
        }

        return [.. names];
    }

    private static IEnumerable<string> CommonNames =>
        Enum.GetValues<BandRole>().Where(role => role != BandRole.Other).Select(BandSet.NameOf);

    private static ImmutableArray<BandScaling> Scaling(PackField field, int bands)
    {
        if (field.IsMissing)
        {
            return [.. Enumerable.Repeat(BandScaling.None, bands)];
        }

        var given = field.List(1, MostBands, "one scaling for all bands, or one for each").Select(One).ToArray();
        if (given.Length == 1)
        {
            return [.. Enumerable.Repeat(given[0], bands)];
        }

        if (given.Length != bands)
        {
            field.Fault($"has {given.Length} entries for {bands} bands; give one, or one for each");
        }

        return [.. given];
    }

    private static BandScaling One(PackField field)
    {
        if (field["type"].IsMissing)
        {
            return BandScaling.None;
        }

        double Number(string name) => field[name].Number();
        double NotZero(string name) => field[name].Number(null, value => value != 0, "a number other than 0");
        var none = BandScaling.None;
        switch (field["type"].Word(null, "min-max", "z-score", "clip", "clip-min", "clip-max", "offset", "scale"))
        {
            case "min-max":
                var (least, most) = Range(field);
                return none with { Subtract = least, Divide = most - least };
            case "z-score":
                return none with { Subtract = Number("mean"), Divide = NotZero("stddev") };
            case "clip":
                var (low, high) = Range(field);
                return none with { Least = low, Most = high };
            case "clip-min":
                return none with { Least = Number("minimum") };
            case "clip-max":
                return none with { Most = Number("maximum") };
            case "offset":
                return none with { Subtract = Number("value") };
            default:
                return none with { Divide = NotZero("value") };
        }
    }

    private static (double Least, double Most) Range(PackField field)
    {
        var least = field["minimum"].Number();
        return (least, field["maximum"].Number(null, value => value > least, "a number above minimum"));
    }

    // One scaling of MLM clips or normalises; ours clips before it, in the units of the input.
    private static ImmutableArray<BandScaling> Clip(PackField field, ImmutableArray<BandScaling> scaling)
    {
        if (field.IsMissing)
        {
            return scaling;
        }

        var (least, most) = Range(field);
        return [.. scaling.Select(
            band => band with { Least = Math.Max(band.Least, least), Most = Math.Min(band.Most, most) })];
    }

    private static void Refuse(PackField field, string what)
    {
        if (!field.IsMissing)
        {
            field.Fault($"is given, and {what}");
        }
    }
}
