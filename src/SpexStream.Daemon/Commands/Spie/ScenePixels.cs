using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Ports.Raster;

namespace SpexStream.Daemon.Commands.Spie;

/// <summary>Reads parts of a scene with the context that a backend needs, and what it must know of the whole.</summary>
internal sealed class ScenePixels(IRasterReader reader, StripDelivery scene)
{
    private const int SurveyTile = 512;

    private PixelWindow Bounds => reader.Info.Bounds;

    /// <summary>A core with its halo; the caller disposes it.</summary>
    /// <param name="core">In pixels of the scene; may reach beyond it.</param>
    /// <param name="halo">Context on every side.</param>
    /// <param name="origin">What becomes row and column 0.</param>
    public PixelPlanes Read(PixelWindow core, int halo, PixelPoint origin)
    {
        var window = core.Grow(halo);
        var (column, row) = ((int)origin.X, (int)origin.Y);
        var planes = new PixelPlanes(
            Moved(window), Moved(core), scene.Scene.Imagery.Bands.Count, scene.Scene.Imagery.Type);
        try
        {
            var part = window.Intersect(Bounds);
            planes.Covered = Moved(part);
            reader.Read(part, scene.FileBands, planes, part.Column - window.Column, part.Row - window.Row);
            return planes;
        }
        catch
        {
            // The planes are ours until they are returned.
            planes.Dispose();
            throw;
        }

        PixelWindow Moved(PixelWindow given) => given with { Column = given.Column - column, Row = given.Row - row };
    }

    /// <summary>What the passes over the whole scene find.</summary>
    public ISceneFindings Survey(ITileBackend backend, CancellationToken cancellation)
    {
        var grid = new TileGrid(Bounds.Width, Bounds.Height, SurveyTile, backend.ReachPixels);
        var findings = backend.InitialFindings;
        for (var pass = 0; pass < backend.PassCount; pass++)
        {
            var survey = backend.NewSurvey(pass, findings);
            foreach (var tile in grid.All())
            {
                cancellation.ThrowIfCancellationRequested();
                using var planes = Read(grid.Core(tile), grid.Halo, default);
                survey.Add(planes);
            }

            findings = backend.Conclude(findings, survey);
        }

        return findings;
    }
}
