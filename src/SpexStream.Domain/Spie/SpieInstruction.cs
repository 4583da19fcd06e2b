using System.Collections.Frozen;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Spie;

/// <summary>
/// An instruction in a station's own words: the class it asks for, and the message that a model gets for it. The class
/// comes from the words alone, as in the training sentences of SPEX. Pure; any thread.
/// </summary>
public static class SpieInstruction
{
    /// <summary>Longest instruction, in characters.</summary>
    public const int MaxLength = 2000;

    private const string Image = "<image>";

    private static readonly FrozenDictionary<string, LandCoverClass> Words = Table(
        (LandCoverClass.Water,
            "water waters waterbody waterbodies waterway waterways watercourse watercourses lake lakes pond ponds "
            + "river rivers sea seas ocean reservoir reservoirs canal canals stream streams creek creeks lagoon lagoons "
            + "flood floods flooded flooding floodwater inundation inundated"),
        (LandCoverClass.Vegetation,
            "vegetation vegetated forest forests forested tree trees wood woods woodland woodlands crop crops cropland "
            + "grass grassland grasslands meadow meadows canopy shrub shrubs greenery plants lawn lawns orchard "
            + "orchards pasture pastures foliage mangrove mangroves"),
        (LandCoverClass.Buildings,
            "building buildings house houses housing roof roofs rooftop rooftops settlement settlements urban "
            + "built town towns city cities village villages warehouse warehouses factory factories"));

    /// <summary>The class that an instruction asks for; null when it names none, or more than one.</summary>
    public static LandCoverClass? ClassOf(string text)
    {
        LandCoverClass? found = null;
        foreach (var word in WordsOf(text))
        {
            if (!Words.TryGetValue(word, out var value))
            {
                continue;
            }

            if (found is not null && found != value)
            {
                return null;
            }

            found = value;
        }

        return found;
    }

    /// <summary>Why an instruction cannot be used, in words; null when it can.</summary>
    public static string? Fault(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "it is empty";
        }

        if (text.Length > MaxLength)
        {
            return $"it has {text.Length} characters, more than {MaxLength}";
        }

        if (text.Any(letter => char.IsControl(letter) && letter is not '\n' and not '\r' and not '\t'))
        {
            return "it holds control characters";
        }

        if (text.Split(Image).Length > 2)
        {
            return $"it holds {Image} more than once";
        }

        return ClassOf(text) is not null ? null : Named(text) switch
        {
            0 => "it names no class; ask for water, vegetation or buildings",
            _ => "it names more than one class; ask for one of water, vegetation and buildings",
        };
    }

    /// <summary>The message for a model: the instruction behind the image, or as it is where it gives the image a place
    /// itself.</summary>
    public static string Message(string text) =>
        text.Contains(Image, StringComparison.Ordinal) ? text : $"{Image}\n{text.Trim()}";

    private static int Named(string text) => WordsOf(text).Count(Words.ContainsKey);

    private static string[] WordsOf(string text) =>
        string.Concat(text.Select(letter => char.IsLetter(letter) ? char.ToLowerInvariant(letter) : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static FrozenDictionary<string, LandCoverClass> Table(params (LandCoverClass Class, string Words)[] rows) =>
        rows
        .SelectMany(row => row.Words.Split(' ').Select(word => KeyValuePair.Create(word, row.Class)))
        .ToFrozenDictionary(StringComparer.Ordinal);
}
