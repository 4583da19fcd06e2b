namespace SpexStream.Domain.Synthesis;

/// <summary>The parcel at a pixel: who it is, and where in it the pixel lies (pixels).</summary>
internal readonly record struct Parcel(uint Id, uint District, float Edge, float DistrictEdge, float Across);

/// <summary>
/// Farmland: districts (cells of a jittered Voronoi diagram), each with its own direction of ploughing, cut into strips
/// and those into parcels.
/// </summary>
internal sealed class Parcels
{
    private readonly float _size;
    private readonly District[] _districts;
    private readonly int _columns;

    public Parcels(SceneFrame frame, SeedStream seeds)
    {
        _size = 190 * frame.Detail;
        _columns = (int)(frame.Width / _size) + 6;
        var rows = (int)(frame.Height / _size) + 6;
        _districts = new District[_columns * rows];
        for (var i = 0; i < _districts.Length; i++)
        {
            var (sin, cos) = MathF.SinCos(seeds.Between(0, MathF.PI));
            _districts[i] = new(
                ((i % _columns) - 2 + seeds.Between(0.1f, 0.9f)) * _size,
                ((i / _columns) - 2 + seeds.Between(0.1f, 0.9f)) * _size,
                cos, sin, seeds.Between(11, 30) * frame.Detail, seeds.Bits());
        }
    }

    /// <summary>The parcel at a point, which may lie two districts outside of the scene.</summary>
    public Parcel At(float x, float y)
    {
        var column = (int)(x / _size + 2);
        var row = (int)(y / _size + 2);
        int first = 0, second = 0;
        float near = float.MaxValue, next = float.MaxValue;
        for (var j = row - 1; j <= row + 1; j++)
        {
            for (var i = column - 1; i <= column + 1; i++)
            {
                var candidate = (j * _columns) + i;
                ref readonly var other = ref _districts[candidate];
                var square = ((other.X - x) * (other.X - x)) + ((other.Y - y) * (other.Y - y));
                if (square < near)
                {
                    (second, next, first, near) = (first, near, candidate, square);
                }
                else if (square < next)
                {
                    (second, next) = (candidate, square);
                }
            }
        }

        return Cut(_districts[first], x, y, Border(_districts[first], _districts[second], next - near));
    }

    private static float Border(in District a, in District b, float squares)
    {
        var (dx, dy) = (a.X - b.X, a.Y - b.Y);
        return squares / (2 * MathF.Sqrt((dx * dx) + (dy * dy)));
    }

    private static Parcel Cut(in District district, float x, float y, float border)
    {
        var (dx, dy) = (x - district.X, y - district.Y);
        var along = (dx * district.Cos) + (dy * district.Sin);
        var across = (dy * district.Cos) - (dx * district.Sin);
        var strip = MathF.Floor(across / district.Width);
        var stripHash = CoordinateHash.Of(district.Seed, (int)strip, 0);
        var length = district.Width * (1 + (3 * CoordinateHash.Unit(stripHash)));
        var shifted = along + (length * CoordinateHash.Unit(stripHash, 3));
        var piece = MathF.Floor(shifted / length);
        var (inStrip, inPiece) = (across - (strip * district.Width), shifted - (piece * length));
        var edge = MathF.Min(MathF.Min(inStrip, district.Width - inStrip), MathF.Min(inPiece, length - inPiece));
        var id = CoordinateHash.Of(district.Seed, (int)strip, (int)piece + 1);
        return new(id, district.Seed, MathF.Min(edge, border), border, inStrip);
    }

    private readonly record struct District(float X, float Y, float Cos, float Sin, float Width, uint Seed);
}
