using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Composition;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Scenes;
using SpexStream.Domain.Spie;

namespace SpexStream.Daemon.Commands;

/// <summary>Options that several verbs share, with their checks.</summary>
internal static class CommonOptions
{
    /// <summary>What <c>--products</c> takes.</summary>
    public const string ProductWords = "masks, confidence, diagnostics, regions, browse, all, none";

    /// <summary>What <c>--classes</c> takes.</summary>
    public const string ClassWords = "water, vegetation, buildings";

    /// <summary>What <c>--instruction</c> takes.</summary>
    public const string InstructionWords = "a sentence of at most 2000 characters that asks for one class";

    /// <summary>What <c>--tile</c> takes.</summary>
    public const string TileSizes = "a power of two from 64 to 4096";

    public static CheckedOption<double?> Scale() => Numbers.Real(
        "--scale", "Reflectance = DN * scale + offset", "a number other than 0", "the file's own", value => value != 0);

    public static CheckedOption<double?> Offset() => Numbers.Real(
        "--offset", "Reflectance = DN * scale + offset", "a number", "the file's own", _ => true);

    public static CheckedOption<string?> Nodata() => new(
        "--nodata", "Value of a pixel that was not measured in any band; none ignores the file's tag",
        "a number, nan or none",
        "the file's tag",
        (text, out value) =>
        {
            value = text;
            return text is "none" or "nan" || Numbers.TryRead(text, out _);
        });

    public static CheckedOption<string?> Radiometry() => Texts.Word(
        "--radiometry", "Surface reflectance, top of atmosphere, or not calibrated",
        "toa where there is a scale or offset, else none",
        "sr", "toa", "none");

    public static CheckedOption<string?> Classes() => new(
        "--classes", "Classes to extract, comma separated", ClassWords, "all",
        (text, out value) =>
        {
            value = text;
            return text.Split(',').All(name => LandCoverClasses.FromSlug(name) is not null);
        });

    public static CheckedOption<string?> Products() => new(
        "--products", "Products to write, comma separated", ProductWords, "all",
        (text, out value) =>
        {
            value = text;
            return ParseProducts(text) is not null;
        });

    public static CheckedOption<string?> Backend() => new(
        "--backend", "Backend that tells the classes", BackendName.Rule, BackendName.Spectral,
        (text, out value) =>
        {
            value = text;
            return BackendName.IsValid(text);
        });

    public static CheckedOption<string?> Devices(string otherwise) => new(
        "--devices", "Devices, one worker thread each", SettingWords.Of(nameof(RunSettings.Devices)), otherwise,
        (text, out value) =>
        {
            value = text;
            return DeviceList.TryParse(text, out _);
        });

    public static CheckedOption<string?> DeviceFallback() => Texts.Word(
        "--device-fallback", "What works where the software of a graphics card is missing", "none", "none", "cpu");

    public static CheckedOption<string?> Instruction() => new(
        "--instruction", "What a model that takes instructions is asked", InstructionWords, "its own questions",
        (text, out value) =>
        {
            value = text;
            return SpieInstruction.Fault(text) is null;
        });

    public static CheckedOption<int> Tile() =>
        Numbers.Whole("--tile", "Edge of a tile in pixels", TileSizes, 512, TileGrid.IsTileSize);

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
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!name.All(char.IsAsciiLetter) || !Enum.TryParse<ProductKinds>(name, ignoreCase: true, out var kind))
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
}
