using System.Text.Json;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;
using SpexStream.Tests.Pipeline;
using Xunit;

namespace SpexStream.Tests.SharedScenes;

/// <summary>A real scene as its description announces it.</summary>
internal sealed class SharedScene
{
    // The level is told in words in the descriptions; here is what they say.
    private static readonly string[] SurfaceReflectance = ["s2-athabasca-2019", "landsat7-chiapas-1999"];
    private readonly JsonElement _description;

    public SharedScene(string name)
    {
        Name = name;
        using var json = JsonDocument.Parse(File.ReadAllBytes(PathOf("scene.json")));
        _description = json.RootElement.Clone();
    }

    public string Name { get; }

    /// <summary>Every scene there is.</summary>
    public static IEnumerable<string> All =>
        Directory.EnumerateDirectories(RequiresSharedDataFactAttribute.Folder).Select(path => Path.GetFileName(path)!)
            .Order();

    public string PathOf(string file) => Path.Combine(RequiresSharedDataFactAttribute.Folder, Name, file);

    /// <summary>Runs the whole pipeline on the scene.</summary>
    public async Task<T> ProcessAsync<T>(ProductKinds products, Func<SceneOutcome, T> look)
    {
        await using var bench = new Workbench(RuntimeKind.Local, new ProcessingOptions { Products = products });
        var info = StripFiles.Store.Describe(PathOf("image.tif"));
        var (delivery, rejection) = StripPlacement.Place(Announcement(), info, null);
        Assert.Null(rejection);
        Assert.IsType<DeliveryOutcome.Accepted>(await bench.Runtime.DeliverAsync(delivery!, CancellationToken.None));
        var outcome = await bench.Events.ClosedAsync(Name);
        Assert.DoesNotContain(bench.Events.Lines, line => line.StartsWith("given up", StringComparison.Ordinal));
        return look(outcome);
    }

    /// <summary>The values of a label raster.</summary>
    public byte[] Labels(string file)
    {
        using var reader = StripFiles.Store.Open(PathOf(file));
        var window = reader.Info.Bounds;
        using var planes = new PixelPlanes(window, window, 1, PixelType.UInt8);
        reader.Read(window, [0], planes, 0, 0);
        return [.. Enumerable.Range(0, window.Height).SelectMany(row => planes.RowSpan<byte>(0, row).ToArray())];
    }

    /// <summary>The class values of labelled polygons, painted where a pixel's centre lies inside; 0
    /// elsewhere.</summary>
    public int[] Polygons(string file, string field)
    {
        var info = StripFiles.Store.Describe(PathOf("image.tif"));
        using var json = JsonDocument.Parse(File.ReadAllBytes(PathOf(file)));
        var labels = new int[info.Width * info.Height];
        foreach (var feature in json.RootElement.GetProperty("features").EnumerateArray())
        {
            var ring = feature.GetProperty("geometry").GetProperty("coordinates")[0].EnumerateArray()
                .Select(position => info.Transform!.Value.ToPixel(position[0].GetDouble(), position[1].GetDouble()))
                    .ToArray();
            Paint(ring, feature.GetProperty("properties").GetProperty(field).GetInt32(), labels, info.Width);
        }

        return labels;
    }

    private static void Paint((double Column, double Row)[] ring, int value, int[] labels, int width)
    {
        for (var row = (int)ring.Min(p => p.Row); row <= (int)ring.Max(p => p.Row); row++)
        {
            var crossings = ring.Zip(ring.Skip(1))
                .Where(edge => (edge.First.Row > row + 0.5) != (edge.Second.Row > row + 0.5))
                .Select(edge => edge.First.Column + ((row + 0.5 - edge.First.Row) / (edge.Second.Row - edge.First.Row)
                    * (edge.Second.Column - edge.First.Column)))
                .Order().ToArray();
            for (var i = 0; i + 1 < crossings.Length; i += 2)
            {
                for (var column = (int)Math.Ceiling(crossings[i] - 0.5); column + 0.5 < crossings[i + 1]; column++)
                {
                    labels[(row * width) + column] = value;
                }
            }
        }
    }

    private StripAnnouncement Announcement()
    {
        var scale = Number("scale");
        var sensed = new DateTimeOffset(2026, 5, 1, 10, 0, 0, TimeSpan.Zero);
        return new StripAnnouncement
        {
            ItemId = Name,
            Scene = SceneId.Parse(Name),
            Platform = PlatformId.Parse("sat-1"),
            StripIndex = 0,
            StripCount = 1,
            SensingStart = sensed,
            SensingEnd = sensed,
            Radiometry = scale is null ? RadiometryLevel.Uncalibrated
                : SurfaceReflectance.Contains(Name)
                    ? RadiometryLevel.SurfaceReflectance
                    : RadiometryLevel.TopOfAtmosphere,
            Data = new StripAsset
            {
                Href = StripHref.TryParse(PathOf("image.tif"), out var href) ? href : null,
                Bands = [.. _description.GetProperty("bands").EnumerateArray().Select(Band)],
                Scale = scale,
                Offset = Number("offset"),
                Nodata = Number("nodata"),
                IgnoresFileNodata = Number("nodata") is null,
            },
        };
    }

    private static StripBand Band(JsonElement band)
    {
        var name = band.GetProperty("common_name").GetString();
        return new StripBand(name, name);
    }

    private double? Number(string name) =>
        _description.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : null;
}
