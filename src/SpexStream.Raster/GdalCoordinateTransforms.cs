using System.Runtime.InteropServices;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Raster.Native;

namespace SpexStream.Raster;

/// <summary>Coordinate transformations through GDAL and PROJ.</summary>
public sealed class GdalCoordinateTransforms : ICoordinateTransforms
{
    private const string LonLatDefinition = "EPSG:4326";

    /// <summary>Loads GDAL, if that was not done yet.</summary>
    public GdalCoordinateTransforms() => GdalLibrary.EnsureLoaded();

    /// <inheritdoc/>
    public ICoordinateTransform ToLonLat(CoordinateSystem crs)
    {
        var source = SpatialReferences.Create(crs.Wkt);
        var target = SpatialReferences.Create(LonLatDefinition);
        try
        {
            Cpl.ErrorReset();
            var handle = Osr.NewTransformation(source, target);
            return handle != 0
                ? new Transformation(handle)
                : throw new FormatException(
                    $"there is no way from {crs.Code ?? crs.Wkt} to longitude and latitude: {Cpl.LastError()}.");
        }
        finally
        {
            Osr.Destroy(source);
            Osr.Destroy(target);
        }
    }

    /// <inheritdoc/>
    public CoordinateSystem Parse(string definition)
    {
        var reference = SpatialReferences.Create(definition);
        try
        {
            return SpatialReferences.Describe(reference)
                ?? throw new FormatException($"'{definition}' has no definition.");
        }
        finally
        {
            Osr.Destroy(reference);
        }
    }

    private sealed unsafe class Transformation : SafeHandle, ICoordinateTransform
    {
        public Transformation(nint handle)
            : base(0, ownsHandle: true) => SetHandle(handle);

        public override bool IsInvalid => handle == 0;

        public void ToLonLat(Span<double> x, Span<double> y)
        {
            if (x.Length != y.Length)
            {
                throw new ArgumentException("As many x as y are needed.", nameof(y));
            }

            var success = new int[x.Length];
            fixed (double* px = x, py = y)
            fixed (int* flags = success)
            {
                _ = Osr.Transform(handle, x.Length, px, py, null, flags);
            }

            for (var i = 0; i < success.Length; i++)
            {
                if (success[i] == 0 || !double.IsFinite(x[i]) || !double.IsFinite(y[i]))
                {
                    x[i] = y[i] = double.NaN;
                }
            }
        }

        protected override bool ReleaseHandle()
        {
            Osr.DestroyTransformation(handle);
            return true;
        }
    }
}
