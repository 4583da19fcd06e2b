using SpexStream.Domain.Identity;
using SpexStream.Domain.Scenes;
using Xunit;

namespace SpexStream.Tests.Scenes;

public sealed class FlightMarkTests
{
    private static readonly FlightMark Mark = new(SceneId.Parse("pass.1"), new(3, 12), [new(0, 1), new(7, 2)]);

    [Fact]
    public void A_mark_comes_back_as_it_was()
    {
        var read = FlightMark.TryParse(Mark.ToString());
        Assert.Equal((Mark.Scene, Mark.Tile), (read!.Scene, read.Tile));
        Assert.Equal(Mark.Strips.AsEnumerable(), read.Strips);
    }

    [Fact]
    public void A_mark_that_is_cut_off_is_none()
    {
        var text = Mark.ToString();
        Assert.All(Enumerable.Range(0, text.Length), length => Assert.Null(FlightMark.TryParse(text[..length])));
    }

    [Theory]
    [InlineData("pass 1 2 x/1 .")]
    [InlineData("pass 1 2 -1/1 .")]
    [InlineData("../x 1 2 0/1 .")]
    [InlineData("pass 1 2 0/1/1 .")]
    public void What_nobody_wrote_is_no_mark(string text) => Assert.Null(FlightMark.TryParse(text));
}
