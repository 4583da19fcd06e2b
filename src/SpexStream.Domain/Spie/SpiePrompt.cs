using System.Text;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;

namespace SpexStream.Domain.Spie;

/// <summary>The instruction that SPEX was trained on: a fixed sentence and the regions' attributes as Python prints
/// them.</summary>
public static class SpiePrompt
{
    /// <summary>Most regions in one list.</summary>
    public const int MaxRegions = 10;

    /// <summary>The word for a class in the sentence. That for buildings is our choice; no example is known.</summary>
    public static string ClassWord(LandCoverClass value) => value switch
    {
        LandCoverClass.Water => "water bodies",
        LandCoverClass.Vegetation => "vegetation",
        LandCoverClass.Buildings => "buildings",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };

    /// <summary>The whole user message, image placeholder and line break included.</summary>
    /// <param name="value">The class asked for.</param>
    /// <param name="regions">Regions in final order; the first ten are taken.</param>
    public static string Message(LandCoverClass value, IEnumerable<SpieAttributes> regions) =>
        Message(ClassWord(value), regions);

    /// <summary>The same with another word for the class.</summary>
    /// <param name="word">The word.</param>
    /// <param name="regions">Regions in final order; the first ten are taken.</param>
    public static string Message(string word, IEnumerable<SpieAttributes> regions) =>
        $"<image>\nBased on the provided image and the attributes of the {word} regions, "
        + $"please provide a detailed description of them:{AttributeList(regions)}";

    /// <summary>The attribute list: Python's <c>repr</c> of a list of dicts; <c>[]</c> without regions.</summary>
    public static string AttributeList(IEnumerable<SpieAttributes> regions)
    {
        var text = new StringBuilder("[");
        foreach (var region in regions.Take(MaxRegions))
        {
            text.Append(text.Length == 1 ? "{" : ", {");
            text.Append("'Size of area': '").Append(region.Size).Append("', 'Centroid': ");
            AppendPoint(text, region.Centroid);
            text.Append(", 'Location': '").Append(region.Location).Append("', 'Bounding box': [");
            for (var i = 0; i < region.Box.Length; i++)
            {
                text.Append(i == 0 ? "" : ", ");
                AppendPoint(text, region.Box[i]);
            }

            text.Append("]}");
        }

        return text.Append(']').ToString();
    }

    private static void AppendPoint(StringBuilder text, PixelPoint point) => text
        .Append('[').Append(PythonNumber.Repr(point.X)).Append(", ").Append(PythonNumber.Repr(point.Y)).Append(']');
}
