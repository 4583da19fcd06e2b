namespace SpexStream.Domain.Synthesis;

/// <summary>
/// A main river from the hills to the sea, tributaries and brooks. A course is a sine-generated curve (Langbein and
/// Leopold 1966): its heading swings about the way to its goal, over a wavelength of about eleven widths.
/// </summary>
internal sealed class Rivers
{
    private const int OccupiedCell = 4;

    private readonly SceneFrame _frame;
    private readonly Coast _coast;
    private readonly SeedStream _seeds;
    private readonly List<Stroke> _strokes = [];
    private readonly List<(float X, float Y)> _vertices = [];
    private readonly HashSet<(int X, int Y)> _occupied = [];

    public Rivers(SceneFrame frame, Coast coast, SeedStream seeds)
    {
        (_frame, _coast, _seeds) = (frame, coast, seeds);
        Main = AddMain();
        var brooks = Math.Clamp((int)(frame.Side / 90), 3, 42);
        for (var i = 0; i < brooks; i++)
        {
            var width = i < brooks / 4 ? seeds.Between(2.5f, 5) * frame.Detail : seeds.Between(0.9f, 1.8f);
            AddTributary(MathF.Max(width, 0.9f));
        }

        Index = new(frame.Width, frame.Height, _strokes);
    }

    /// <summary>The strokes of all courses; the tint is the load of sediment, 0..1.</summary>
    public StrokeIndex Index { get; }

    /// <summary>Points of the main river, downstream.</summary>
    public IReadOnlyList<(float X, float Y)> Main { get; }

    /// <summary>Where the main river meets the sea.</summary>
    public (float X, float Y) Mouth { get; private set; }

    private List<(float X, float Y)> AddMain()
    {
        var width = MathF.Max(3, 22 * _frame.Detail);
        var centreX = _frame.Width * _seeds.Between(0.4f, 0.6f);
        var centreY = _frame.Height * _seeds.Between(0.4f, 0.6f);
        var side = _seeds.Between(-0.25f, 0.25f) * _frame.Side;
        var reach = 0.8f * MathF.Max(_frame.Width, _frame.Height);
        var (fromX, fromY) = (centreX - (_coast.SeawardX * reach) - (_coast.SeawardY * side),
            centreY - (_coast.SeawardY * reach) + (_coast.SeawardX * side));
        var sea = (X: centreX + (_coast.SeawardX * reach), Y: centreY + (_coast.SeawardY * reach));
        var course = Meander((fromX, fromY), sea, 0.62f * width, p => _coast.At(p.X, p.Y) < -2 * width);
        Mouth = course[^1];
        Add(course, 0.14f * width, 0.5f * width, 0.42f);
        return course;
    }

    private void AddTributary(float width)
    {
        for (var attempt = 0; attempt < 12; attempt++)
        {
            var start = (X: _seeds.Unit() * _frame.Width, Y: _seeds.Unit() * _frame.Height);
            var depth = _coast.Depth(start.X, start.Y);
            var joint = _vertices
                .Where(v => _coast.Depth(v.X, v.Y) < depth - 0.02f && _coast.At(v.X, v.Y) > 0)
                .DefaultIfEmpty()
                .MinBy(v => Distance(v, start));
            var length = Distance(joint, start);
            if (_coast.At(start.X, start.Y) > 0.04f * _frame.Side && joint != default
                && length > 0.06f * _frame.Side && length < 0.6f * _frame.Side)
            {
                var course = Meander(start, joint, width, p => _occupied.Contains(Occupied(p)));
                course.Add(_vertices.MinBy(v => Distance(v, course[^1])));
                Add(course, 0.3f, 0.5f * width, _seeds.Between(0.05f, 0.75f));
                return;
            }
        }
    }

    private List<(float X, float Y)> Meander(
        (float X, float Y) start, (float X, float Y) goal, float width, Func<(float X, float Y), bool> arrived)
    {
        var step = MathF.Max(1.5f, 0.35f * width);
        var wavelength = MathF.Max(11 * width, 14);
        var phase = _seeds.Between(0, 6.28f);
        var wander = NoiseStack.Between(_seeds.Bits(), 5 * wavelength, 1.2f * wavelength, 0.7f, 0.4f);
        var swing = NoiseStack.Between(_seeds.Bits(), 2.5f * wavelength, wavelength, 0.7f, 0.5f);
        var pace = NoiseStack.Between(_seeds.Bits(), 1.7f * wavelength, 0.6f * wavelength, 0.9f, 0.5f);
        List<(float X, float Y)> course = [start];
        var here = start;
        var limit = (int)(4 * Distance(start, goal) / step) + 8;
        for (var i = 0; i < limit && Distance(here, goal) > step && !arrived(here); i++)
        {
            phase += 2 * MathF.PI * step / wavelength * MathF.Exp(pace.At(i * step, 0));
            var heading = MathF.Atan2(goal.Y - here.Y, goal.X - here.X)
                + ((0.75f + swing.At(i * step, 0)) * MathF.Sin(phase)) + wander.At(i * step, 0);
            here = (here.X + (step * MathF.Cos(heading)), here.Y + (step * MathF.Sin(heading)));
            course.Add(here);
        }

        return course;
    }

    private void Add(List<(float X, float Y)> course, float firstHalfWidth, float lastHalfWidth, float sediment)
    {
        _strokes.AddRange(Stroke.Along(course, firstHalfWidth, lastHalfWidth, sediment));
        _vertices.AddRange(course);
        foreach (var point in course)
        {
            _occupied.Add(Occupied(point));
        }
    }

    private static (int X, int Y) Occupied((float X, float Y) point) =>
        ((int)MathF.Floor(point.X / OccupiedCell), (int)MathF.Floor(point.Y / OccupiedCell));

    private static float Distance((float X, float Y) a, (float X, float Y) b) =>
        MathF.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
}
