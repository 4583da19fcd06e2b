using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Regions;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Products;

/// <summary>Where the pixels of a scene lie on Earth, and how much ground each covers.</summary>
internal sealed record SceneGround(GroundMap Map, IPixelArea Area, bool IsMirrored)
{
    /// <summary>Distortion of area beyond which a projection's own square metres are not believed.</summary>
    private const double TolerableDistortion = 0.01;

    /// <summary>The ground of a scene; null without a georeference.</summary>
    public static SceneGround? Of(SceneSpec scene, int height, ICoordinateTransforms transforms)
    {
        var map = GroundMap.Create(scene.Width, height, scene.Transform, scene.Crs, transforms);
        if (map is null || scene.Transform is not { } transform || scene.Crs is not { } crs)
        {
            return null;
        }

        return new(map, AreaOf(map, transform, crs), transform.Determinant > 0);
    }

    private static IPixelArea AreaOf(GroundMap map, Affine transform, CoordinateSystem crs)
    {
        if (crs.IsGeographic)
        {
            return transform.IsAxisAligned ? new EllipsoidalPixelArea(transform) : new MappedPixelArea(map);
        }

        var planar = new PlanarPixelArea(transform, crs.MetresPerUnit);
        var mapped = new MappedPixelArea(map);
        var middle = map.Height / 2;
        // A Mercator metre is no metre on the ground; a UTM metre nearly is.
        var ratio = planar.SquareMetres(middle) / mapped.SquareMetres(middle);
        return Math.Abs(ratio - 1) <= TolerableDistortion ? planar : mapped;
    }
}
