using System.Globalization;
using SpexStream.Domain.Alerts.Areas;
using Xunit;

namespace SpexStream.Tests.Alerts;

public sealed class AreaIndexTests
{
    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 5)]
    [InlineData(16, 6)]
    [InlineData(17, 7)]
    [InlineData(2000, 8)]
    public void It_finds_what_looking_at_every_box_finds(int count, int seed)
    {
        var random = new Random(seed);
        AreaOfInterest[] areas = [.. Enumerable.Range(0, count).Select(i => Area(random, i))];
        var index = new AreaIndex([.. areas]);
        for (var round = 0; round < 200; round++)
        {
            var box = Box(random, 20);
            int[] expected = [.. Enumerable.Range(0, count).Where(i => areas[i].Polygons.Any(polygon =>
                Enumerable.Range(-2, 5).Any(turns => polygon.Box.Meets(box.Turned(turns)))))];
            Assert.Equal(expected, index.Meeting(box));
        }
    }

    private static AreaOfInterest Area(Random random, int number)
    {
        var rings = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Box(random, 5))
            .Select(box => Places.Box(box.West, box.South, box.East, box.North));
        return Places.Multi(string.Create(CultureInfo.InvariantCulture, $"a{number}"), [.. rings]);
    }

    private static AreaBox Box(Random random, double size)
    {
        var (west, south) = ((random.NextDouble() * 380) - 190, (random.NextDouble() * 160) - 80);
        return new(
            west, south, west + (random.NextDouble() * size) + 0.1, south + (random.NextDouble() * size / 4) + 0.1);
    }
}
