using SpexStream.Domain.LandCover;
using SpexStream.Domain.Spie;
using Xunit;

namespace SpexStream.Tests.Spie;

public sealed class SpieInstructionTests
{
    [Theory]
    [InlineData("Where is water?", LandCoverClass.Water)]
    [InlineData("<image>\nDescribe the WATERBODY regions.", LandCoverClass.Water)]
    [InlineData("Is the river flooded?", LandCoverClass.Water)]
    [InlineData("Outline all forests, please", LandCoverClass.Vegetation)]
    [InlineData("tree-canopy", LandCoverClass.Vegetation)]
    [InlineData("Show houses/roofs", LandCoverClass.Buildings)]
    [InlineData("the built-up area", LandCoverClass.Buildings)]
    [InlineData("water, and water bodies", LandCoverClass.Water)]
    [InlineData("Describe the image", null)]
    [InlineData("underwater", null)]
    [InlineData("water and forest", null)]
    [InlineData("", null)]
    public void The_class_comes_from_the_words(string text, LandCoverClass? expected) =>
        Assert.Equal(expected, SpieInstruction.ClassOf(text));

    [Fact]
    public void Every_training_sentence_asks_for_its_class() => Assert.All(
        LandCoverClasses.All, value => Assert.Equal(value, SpieInstruction.ClassOf(SpiePrompt.Message(value, []))));

    [Theory]
    [InlineData("  ", "empty")]
    [InlineData("hello", "no class")]
    [InlineData("water or trees", "more than one class")]
    [InlineData("water\0", "control characters")]
    [InlineData("<image> water <image>", "<image> more than once")]
    public void What_cannot_be_used_is_said(string text, string fault) =>
        Assert.Contains(fault, SpieInstruction.Fault(text), StringComparison.Ordinal);

    [Fact]
    public void A_long_instruction_is_refused_and_a_good_one_is_not()
    {
        Assert.Contains("more than 2000", SpieInstruction.Fault(new string('w', 2001)), StringComparison.Ordinal);
        Assert.Null(SpieInstruction.Fault("Where is water?"));
    }

    [Fact]
    public void The_image_comes_first_unless_the_words_give_it_a_place()
    {
        Assert.Equal("<image>\nWhere is water?", SpieInstruction.Message(" Where is water? "));
        Assert.Equal("Water in <image>?", SpieInstruction.Message("Water in <image>?"));
    }
}
