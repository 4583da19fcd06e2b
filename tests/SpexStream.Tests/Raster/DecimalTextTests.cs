using System.Globalization;
using System.Text;
using SpexStream.Raster.Vector;
using Xunit;

namespace SpexStream.Tests.Raster;

public sealed class DecimalTextTests
{
    [Fact]
    public void Rounded_numbers_are_written_as_the_shortest_text_that_gives_them_back()
    {
        var random = new Random(99);
        for (var i = 0; i < 200_000; i++)
        {
            var digits = random.Next(0, 9);
            var number = Math.Round((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-9, 14)), digits);
            AssertShortest(number, digits);
        }
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(-0.0, 3)]
    [InlineData(1e-4, 4)]
    [InlineData(9e-5, 8)]
    [InlineData(0.1, 1)]
    [InlineData(-99.9, 1)]
    [InlineData(100, 8)]
    [InlineData(1e15, 2)]
    [InlineData(123456789012345, 0)]
    [InlineData(999_999_999.99999999, 8)]
    public void Numbers_at_the_borders_are_too(double number, int digits) =>
        AssertShortest(Math.Round(number, digits), digits);

    [Theory]
    [InlineData(13.5, -0.25, "[13.5,-0.25]")]
    [InlineData(-0.00000004, 179.99999996, "[0,180]")]
    [InlineData(0.0000001, -180, "[0.0000001,-180]")]
    [InlineData(199.1234567, 9.9999999, "[199.1234567,9.9999999]")]
    public void Positions_have_seven_decimals_at_most(double longitude, double latitude, string expected)
    {
        var text = new byte[2 * CoordinateText.Longest];
        var length = CoordinateText.Write([longitude, latitude, longitude, latitude], text);
        Assert.Equal($"{expected},{expected}", Encoding.ASCII.GetString(text, 0, length));
    }

    [Fact]
    public void Positions_are_the_nearest_seven_decimals()
    {
        var random = new Random(12);
        var text = new byte[CoordinateText.Longest];
        for (var i = 0; i < 100_000; i++)
        {
            var (x, y) = ((random.NextDouble() * 720) - 360, (random.NextDouble() * 180) - 90);
            var expected = string.Create(
                CultureInfo.InvariantCulture, $"[{(decimal)Math.Round(x * 1e7) / 1e7m:0.#######},{(decimal)Math.Round(y * 1e7) / 1e7m:0.#######}]");
            Assert.Equal(expected, Encoding.ASCII.GetString(text, 0, CoordinateText.Write([x, y], text)));
        }
    }

    private static void AssertShortest(double number, int digits)
    {
        var text = new byte[DecimalText.Longest];
        var length = DecimalText.Write(text, number, digits);
        Assert.Equal(number.ToString("R", CultureInfo.InvariantCulture), Encoding.ASCII.GetString(text, 0, length));
    }
}
