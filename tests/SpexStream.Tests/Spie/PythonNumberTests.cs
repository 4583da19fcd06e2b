using SpexStream.Domain.Spie;
using Xunit;

namespace SpexStream.Tests.Spie;

public sealed class PythonNumberTests
{
    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(1.0, 1.0)]
    [InlineData(0.0625, 0.062)]
    [InlineData(0.1875, 0.188)]
    [InlineData(0.3125, 0.312)]
    [InlineData(0.0005, 0.001)]
    [InlineData(0.0015, 0.002)]
    [InlineData(0.0025, 0.003)]
    [InlineData(0.0035, 0.004)]
    [InlineData(0.2675, 0.268)]
    [InlineData(0.9995, 1.0)]
    [InlineData(0.00048, 0.0)]
    [InlineData(1e-300, 0.0)]
    public void Rounding_follows_the_exact_binary_value(double value, double expected) =>
        Assert.Equal(expected, PythonNumber.RoundToThousandths(value));

    [Fact]
    public void Rounding_agrees_with_exact_decimal_arithmetic_on_all_pixels_of_a_512_tile()
    {
        for (var pixel = 0; pixel <= 512; pixel++)
        {
            var exact = Math.Round(pixel / 512m, 3, MidpointRounding.ToEven);
            Assert.Equal((double)exact, PythonNumber.RoundToThousandths(pixel / 512.0));
        }
    }

    [Theory]
    [InlineData(0.48, "0.48")]
    [InlineData(1.0, "1.0")]
    [InlineData(0.0, "0.0")]
    [InlineData(0.001, "0.001")]
    public void Numbers_print_as_in_Python(double value, string expected) =>
        Assert.Equal(expected, PythonNumber.Repr(value));
}
