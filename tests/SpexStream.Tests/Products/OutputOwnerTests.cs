using SpexStream.Pipeline.Products;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Products;

/// <summary>Who may write products into a folder.</summary>
public sealed class OutputOwnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_folder_that_a_daemon_has_is_refused_to_every_other_with_its_name_and_what_to_do()
    {
        using var first = OutputOwner.Take(_folder["out"], "svalbard", "node-1");
        foreach (var station in new[] { "svalbard", "kiruna" })
        {
            var refused = Assert.Throws<IOException>(() => OutputOwner.Take(_folder["out"], station, "node-2"));
            Assert.Contains(
                "in use for the products of station svalbard, node node-1", refused.Message, StringComparison.Ordinal);
            Assert.Contains(_folder["out"], refused.Message, StringComparison.Ordinal);
            Assert.Contains("an out folder of its own", refused.Message, StringComparison.Ordinal);
        }

        Assert.Throws<IOException>(() => OutputOwner.Borrow(_folder["out"]));
    }

    [Fact]
    public void A_folder_stays_its_stations_when_nobody_is_at_work_until_somebody_says_otherwise()
    {
        OutputOwner.Take(_folder["out"], "svalbard", "node-1").Dispose();
        var refused = Assert.Throws<IOException>(() => OutputOwner.Take(_folder["out"], "kiruna", "node-1"));
        Assert.Contains("holds the products of station svalbard", refused.Message, StringComparison.Ordinal);

        // The refused one has let go of it; another node may go on for the same station.
        OutputOwner.Take(_folder["out"], "svalbard", "node-2").Dispose();
        OutputOwner.Borrow(_folder["out"]).Dispose();
        File.Delete(_folder["out/.spexstream.owner"]);
        OutputOwner.Take(_folder["out"], "kiruna", "node-1").Dispose();
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("")]
    public void An_owner_that_cannot_be_read_is_nobody(string text)
    {
        Directory.CreateDirectory(_folder["out"]);
        File.WriteAllText(_folder["out/.spexstream.owner"], text);
        OutputOwner.Take(_folder["out"], "kiruna", "node-1").Dispose();
    }

    [Fact]
    public void A_folder_in_the_owners_place_is_told()
    {
        Directory.CreateDirectory(_folder["out/.spexstream.owner"]);
        var refused = Assert.Throws<IOException>(() => OutputOwner.Take(_folder["out"], "kiruna", "node-1"));
        Assert.Contains(".spexstream.owner is a folder", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
