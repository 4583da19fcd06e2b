using SpexStream.Domain.Announcements;
using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Scenes;

/// <summary>Whether a strip belongs to the scene that it names.</summary>
public static class SceneMatch
{
    /// <summary>Distance from the scene's grid, in pixels, from which a strip is off it.</summary>
    public const double TolerancePixels = 0.01;

    /// <summary>Why a strip's own description of the scene contradicts the scene; null when it does not.</summary>
    public static Rejection? Check(SceneSpec scene, SceneSpec strip)
    {
        if (strip.Width != scene.Width)
        {
            return Off("assets.data", $"is {strip.Width} pixels wide, its scene {scene.Width}",
                "a strip is as wide as its scene");
        }

        if (strip.RowsAreAbsolute != scene.RowsAreAbsolute)
        {
            return Off(
                "properties[\"spex:row_offset\"]", "is given by some strips of the scene and missing in others",
                "give it in every strip or in none");
        }

        if (scene.Height is { } height && strip.Height is { } other && height != other)
        {
            return Off("properties[\"spex:scene_shape\"]", $"says {other} rows, an earlier strip {height}",
                "say the same in every strip");
        }

        if (strip.Imagery.Bands.ToString() != scene.Imagery.Bands.ToString()
            || strip.Imagery.Type != scene.Imagery.Type)
        {
            return new(
                RejectionReason.BadField, "assets.data.bands",
                $"are {strip.Imagery.Bands} of {strip.Imagery.Type}, those of the scene {scene.Imagery.Bands} of {scene.Imagery.Type}",
                "all strips of a scene have the same bands");
        }

        if (strip.Imagery.Radiometry.Level != scene.Imagery.Radiometry.Level
            || !strip.Imagery.Radiometry.Scale.SequenceEqual(scene.Imagery.Radiometry.Scale)
            || !strip.Imagery.Radiometry.Offset.SequenceEqual(scene.Imagery.Radiometry.Offset))
        {
            return new(
                RejectionReason.BadField, "assets.data", "has another radiometry than the scene's earlier strips",
                "all strips of a scene have the same level, scale and offset");
        }

        if (strip.Crs?.Wkt != scene.Crs?.Wkt)
        {
            return Off("proj:code", "is another coordinate system than that of the scene's earlier strips",
                "cut the scene on one grid");
        }

        return OnGrid(scene, strip)
            ? null
            : Off("assets.data", $"lies more than {TolerancePixels} pixel off its scene's grid",
                "cut the scene on one grid");
    }

    private static bool OnGrid(SceneSpec scene, SceneSpec strip)
    {
        if (scene.Transform is not { } grid || strip.Transform is not { } own)
        {
            return (scene.Transform is null) == (strip.Transform is null);
        }

        // The corners of the scene by either grid must be the same place.
        var height = scene.Height ?? strip.Height ?? scene.Width;
        return new[] { (0, 0), (scene.Width, 0), (0, height) }.All(
            corner => Near(grid, own, corner.Item1, corner.Item2));
    }

    private static bool Near(Affine grid, Affine own, int column, int row)
    {
        var (x, y) = own.ToCrs(column, row);
        var (c, r) = grid.ToPixel(x, y);
        return Math.Abs(c - column) <= TolerancePixels && Math.Abs(r - row) <= TolerancePixels;
    }

    private static Rejection Off(string where, string what, string remedy) =>
        new(RejectionReason.OffGrid, where, what, remedy);
}
