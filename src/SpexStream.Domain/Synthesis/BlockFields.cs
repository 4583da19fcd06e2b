using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Synthesis;

/// <summary>
/// The noise planes and the sites of one block and a border of two pixels, as derivatives and the sensor blur look over
/// the edge. Belongs to one thread; loaded anew for every block.
/// </summary>
internal sealed class BlockFields(ScenePlan plan)
{
    /// <summary>Pixels around the block.</summary>
    public const int Border = 2;

    private float[] _work = [];

    public PixelWindow Window { get; private set; }

    public float[] Coast { get; private set; } = [];

    public float[] RiverDistance { get; private set; } = [];

    public float[] Hilliness { get; private set; } = [];

    public float[] Height { get; private set; } = [];

    public float[] Woods { get; private set; } = [];

    public float[] Species { get; private set; } = [];

    public float[] Crowns { get; private set; } = [];

    public float[] Soil { get; private set; } = [];

    public float[] Bends { get; private set; } = [];

    public float[] Water { get; private set; } = [];

    public float[] WideShore { get; private set; } = [];

    public float[] NarrowShore { get; private set; } = [];

    public float[] CloudDepth { get; private set; } = [];

    public float[] ShadowDepth { get; private set; } = [];

    public float[] Haze { get; private set; } = [];

    public Lake[] Lakes { get; private set; } = [];

    public Town[] Towns { get; private set; } = [];

    public Mine[] Mines { get; private set; } = [];

    /// <summary>Place of an absolute pixel in the planes.</summary>
    public int IndexOf(int x, int y) => ((y - Window.Row) * Window.Width) + x - Window.Column;

    /// <summary>Loads a block.</summary>
    public void Load(PixelWindow block)
    {
        Window = block.Grow(Border);
        if (_work.Length < Window.Area)
        {
            Allocate((int)Window.Area);
        }

        plan.Coast.Fill(Window, Coast);
        plan.RiverDistance.Fill(Window, RiverDistance);
        plan.Relief.Fill(Window, RiverDistance, Hilliness, Height);
        plan.Textures.FillWoods(Window, Hilliness, Woods);
        plan.Textures.Species.Fill(Window, Species);
        plan.Textures.Crowns.Fill(Window, Crowns);
        plan.Textures.Soil.Fill(Window, Soil);
        plan.Textures.Bends.Fill(Window, Bends);
        plan.Textures.Water.Fill(Window, Water);
        plan.Textures.WideShore.Fill(Window, WideShore);
        plan.Textures.NarrowShore.Fill(Window, NarrowShore);
        plan.Weather.FillClouds(Window, CloudDepth, _work);
        plan.Weather.FillShadows(Window, ShadowDepth, _work);
        plan.Weather.FillHaze(Window, Haze);
        Lakes = Site.In(plan.Lakes, Window);
        Towns = Site.In(plan.Towns, Window);
        Mines = Site.In(plan.Mines, Window);
    }

    private void Allocate(int area)
    {
        _work = new float[area];
        Coast = new float[area];
        RiverDistance = new float[area];
        Hilliness = new float[area];
        Height = new float[area];
        Woods = new float[area];
        Species = new float[area];
        Crowns = new float[area];
        Soil = new float[area];
        Bends = new float[area];
        Water = new float[area];
        WideShore = new float[area];
        NarrowShore = new float[area];
        CloudDepth = new float[area];
        ShadowDepth = new float[area];
        Haze = new float[area];
    }
}
