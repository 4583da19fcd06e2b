using System.Collections.Immutable;
using System.Text.Json;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Pipeline.Scenes;

/// <summary>What a model said on the tiles of a scene.</summary>
internal static class TileTexts
{
    /// <summary>Texts as bytes, for the work folder.</summary>
    public static byte[] Write(ImmutableArray<ModelText> texts) => JsonSerializer.SerializeToUtf8Bytes(texts);

    /// <summary>Reads texts back.</summary>
    /// <exception cref="InvalidDataException">The bytes are no texts.</exception>
    public static ImmutableArray<ModelText> Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<ImmutableArray<ModelText>>(bytes);
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException("The texts of a tile cannot be read.", fault);
        }
    }

    /// <summary>For each class what was said on the tile with its largest component; of equal ones the first.</summary>
    /// <param name="answers">Answers of tiles, in the order of the tiles.</param>
    public static IReadOnlyDictionary<LandCoverClass, ModelText> OfLargest(IEnumerable<TileAnswer> answers)
    {
        var largest = new Dictionary<LandCoverClass, (long Pixels, ModelText Text)>();
        foreach (var answer in answers)
        {
            foreach (var text in answer.Texts)
            {
                var labels = answer.Result.Of(text.Class);
                var pixels = Enumerable.Range(0, labels.Count).Select(labels.Pixels).DefaultIfEmpty().Max();
                if (!largest.TryGetValue(text.Class, out var best) || pixels > best.Pixels)
                {
                    largest[text.Class] = (pixels, text);
                }
            }
        }

        return largest.ToDictionary(entry => entry.Key, entry => entry.Value.Text);
    }
}
