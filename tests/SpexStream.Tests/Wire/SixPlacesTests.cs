using System.Globalization;
using System.Text;
using System.Text.Json;
using SpexStream.Messaging.Wire.Json;
using Xunit;

namespace SpexStream.Tests.Wire;

/// <summary>Degrees, as any writer of JSON has them.</summary>
public sealed class SixPlacesTests
{
    private const int Seed = 811;

    [Fact]
    public void Rounded_numbers_are_written_as_any_number()
    {
        var random = new Random(Seed);
        double[] edges =
        [
            0, -0.0, 180, -180, 90, 0.1, 1e-6, -1e-6, 9.99e-4, 0.001, -0.001, 0.000999, 0.001001, 99.999999, 100,
            179.999999, -179.999999, 360.5, 540, 999.999999, 1000, 1234.5, 123_456.654321, 1e7, 1e15,
        ];
        var numbers = edges.Concat(Enumerable.Range(0, 200_000).Select(i => Math.Round(
            (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-5, 4)), random.Next(7))));
        Span<byte> text = new byte[SixPlaces.MostBytes];
        foreach (var number in numbers)
        {
            var written = Encoding.ASCII.GetString(text[..SixPlaces.WriteRounded(number, text)]);
            Assert.True(JsonSerializer.Serialize(number + 0.0) == written, $"{number:R}: {written}, seed {Seed}");
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_number_is_null(double value)
    {
        Span<byte> text = new byte[SixPlaces.MostBytes];
        Assert.Equal("null", Encoding.ASCII.GetString(text[..SixPlaces.WriteRounded(value, text)]));
    }

    [Fact]
    public void Millionths_have_no_exponent_and_no_needless_zeros()
    {
        var random = new Random(Seed);
        int[] edges = [0, 1, -1, 10, -999, 1_000_000, -180_000_000, 53_100_000, int.MaxValue, int.MinValue];
        Span<byte> text = new byte[SixPlaces.MostBytes];
        foreach (
            var value in edges.Concat(Enumerable.Range(0, 100_000).Select(_ => random.Next(-540_000_000, 540_000_000))))
        {
            var written = Encoding.ASCII.GetString(text[..SixPlaces.WriteMillionths(value, text)]);
            Assert.Equal((value / 1e6).ToString("0.######", CultureInfo.InvariantCulture), written);
        }
    }
}
