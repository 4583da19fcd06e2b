using System.Collections.Immutable;
using System.Globalization;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;

namespace SpexStream.Domain.Scenes;

/// <summary>A tile that was on a device, as a process that died left it behind.</summary>
/// <param name="Scene">The scene.</param>
/// <param name="Tile">The tile.</param>
/// <param name="Strips">The strips whose pixels it reads.</param>
public sealed record FlightMark(SceneId Scene, TileIndex Tile, ImmutableArray<StripKey> Strips)
{
    /// <summary>Reads what <see cref="ToString"/> wrote; null when it is cut off or damaged, as a crash may leave
    /// it.</summary>
    public static FlightMark? TryParse(string text)
    {
        var words = text.Split(' ');
        if (words.Length < 4 || !SceneId.TryParse(words[0], out var scene) || !Number(words[1], out var column)
            || !Number(words[2], out var row) || words[^1] != End)
        {
            return null;
        }

        var strips = ImmutableArray.CreateBuilder<StripKey>();
        foreach (var word in words[3..^1])
        {
            if (word.Split('/') is not [var first, var second] || !Number(first, out var index)
                || !Number(second, out var revision))
            {
                return null;
            }

            strips.Add(new(index, revision));
        }

        return new(scene, new(column, row), strips.ToImmutable());
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Scene} {Tile.Column} {Tile.Row} {string.Concat(Strips.Select(strip => $"{strip.Index}/{strip.Revision} "))}{End}");

    private const string End = ".";

    private static bool Number(string word, out int value) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
