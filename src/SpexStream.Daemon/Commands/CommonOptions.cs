using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Scenes;

namespace SpexStream.Daemon.Commands;

/// <summary>Options that several verbs share, with their checks.</summary>
internal static class CommonOptions
{
    public static Option<string[]> Bands() => new("--bands")
    {
        Description = "Band names in file order, comma separated, by STAC common names (blue,green,red,nir,swir16,swir22); "
            + "unknown names are carried and unused. Default: the file's own descriptions.",
        CustomParser = Split,
    };

    public static Option<double?> Scale() => new("--scale") { Description = "reflectance = DN * scale + offset." };

    public static Option<double?> Offset() => new("--offset") { Description = "See --scale; may be negative." };

    public static Option<string?> Nodata() => new("--nodata")
    {
        Description = "Value that means 'not measured' when all bands have it, or 'none' to ignore the file's tag.",
        Validators =
        {
            result => Check(result, text => text == "none" || text == "nan"
                || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _), "a number, 'nan' or 'none'"),
        },
    };

    public static Option<string?> Radiometry() => new("--radiometry")
    {
        Description = "sr (surface reflectance), toa (top of atmosphere) or none (not calibrated). Default: toa where a "
            + "scale or offset is given, else none.",
        Validators = { result => Check(result, text => text is "sr" or "toa" or "none", "sr, toa or none") },
    };

    public static Option<string?> Classes() => new("--classes")
    {
        Description = "Classes to extract, comma separated: water,vegetation,buildings. Default: all.",
        Validators =
        {
            result => Check(
                result, text => text.Split(',').All(name => LandCoverClasses.FromSlug(name) is not null), "water, vegetation, buildings"),
        },
    };

    public static Option<string?> Products() => new("--products")
    {
        Description = "Products to write, comma separated: masks,confidence,diagnostics,regions,browse. Default: all.",
        Validators =
        {
            result => Check(result, text => ParseProducts(text) is not null, "masks, confidence, diagnostics, regions, browse, all, none"),
        },
    };

    public static Option<int> Tile() => new("--tile")
    {
        Description = "Edge of a tile in pixels, a power of two from 64 to 4096.",
        DefaultValueFactory = _ => 512,
        Validators =
        {
            result => Check(
                result, text => int.TryParse(text, out var size) && TileGrid.IsTileSize(size), "a power of two from 64 to 4096"),
        },
    };

    public static RadiometryLevel? ParseRadiometry(string? text) => text switch
    {
        "sr" => RadiometryLevel.SurfaceReflectance,
        "toa" => RadiometryLevel.TopOfAtmosphere,
        "none" => RadiometryLevel.Uncalibrated,
        _ => null,
    };

    public static ProductKinds? ParseProducts(string text)
    {
        var kinds = ProductKinds.None;
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (int.TryParse(name, out _) || !Enum.TryParse<ProductKinds>(name, ignoreCase: true, out var kind))
            {
                return null;
            }

            kinds |= kind;
        }

        return kinds;
    }

    public static ProcessingOptions Processing(string? classes, string? products, int tile) => new()
    {
        Classes = classes is null
            ? LandCoverClasses.All
            : [.. classes.Split(',').Select(name => LandCoverClasses.FromSlug(name)!.Value).Distinct().Order()],
        Products = products is null ? ProductKinds.All : ParseProducts(products)!.Value,
        TileSize = tile,
    };

    private static string[] Split(ArgumentResult result) =>
        [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private static void Check(OptionResult result, Func<string, bool> isValid, string expected)
    {
        // Without a token the default is in force.
        if (result.Tokens.Count > 0 && result.Tokens[0].Value is var text && !isValid(text))
        {
            result.AddError($"{result.Option.Name} takes {expected}, not '{text}'.");
        }
    }
}
