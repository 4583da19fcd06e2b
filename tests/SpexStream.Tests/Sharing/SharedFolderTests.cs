using SpexStream.Domain.Identity;
using SpexStream.Pipeline.Sharing;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Sharing;

/// <summary>Files that nodes leave for each other.</summary>
public sealed class SharedFolderTests : IDisposable
{
    private const int Files = 2000;
    private static readonly SceneId Scene = SceneId.Parse("made");
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_node_may_delete_the_last_file_while_another_puts_one()
    {
        var (helper, owner) = (new SharedFolder(_folder["tiles"]), new SharedFolder(_folder["tiles"]));
        await Task.WhenAll(
            Task.Run(() => RoundsAsync(helper, "a")), Task.Run(() => RoundsAsync(owner, "b")));
        Assert.False(Directory.Exists(_folder["tiles/made"]));

        static async Task RoundsAsync(SharedFolder folder, string name)
        {
            for (var round = 0; round < Files; round++)
            {
                var content = BitConverter.GetBytes(round);
                await folder.PutAsync(Scene, name, content, CancellationToken.None);
                Assert.Equal(content, await folder.ReadAsync(Scene, name, CancellationToken.None));
                folder.Delete(Scene, name);
            }
        }
    }

    [Theory]
    [InlineData("../made")]
    [InlineData("")]
    [InlineData("a/b")]
    public async Task A_name_that_leads_elsewhere_is_that_of_no_file(string name) =>
        await Assert.ThrowsAsync<FileNotFoundException>(
            () => new SharedFolder(_folder["tiles"]).ReadAsync(Scene, name, CancellationToken.None));

    public void Dispose() => _folder.Dispose();
}
