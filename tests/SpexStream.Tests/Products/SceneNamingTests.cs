using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Pipeline.Products;
using SpexStream.Tests.Journal;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Products;

/// <summary>Where a scene's name leads when owners stand still in the worst place.</summary>
public sealed class SceneNamingTests : IDisposable
{
    private static readonly SceneId Scene = SceneId.Parse("scene");
    private readonly TemporaryFolder _folder = new();
    private readonly MemoryJournal _journal = new(new MemoryStore());

    [Fact]
    public async Task An_owner_that_stood_still_between_its_look_and_its_move_leads_nobody_astray()
    {
        Make("scene@r1.e1");
        var late = Naming((root, scene, folder) =>
        {
            // Another one has come, has gone, and has swept what lay there before it.
            Made(PublishAsync(1, epoch: 2));
            Directory.Delete(_folder["scene@r1.e1"]);
            ProductLink.Point(root, scene, folder);
        });
        await late.NameAsync(Scene, "scene@r1.e1", 1, 1, CancellationToken.None);
        Assert.Equal("scene@r1.e2", Target);
    }

    [Fact]
    public async Task A_move_that_comes_between_the_name_and_the_fact_of_the_new_owner_is_found_by_that_one()
    {
        Make("scene@r1.e1");
        Make("scene@r1.e2");
        var naming = Naming();
        await naming.NameAsync(Scene, "scene@r1.e2", 1, 2, CancellationToken.None);
        // The journal says nothing yet that would tell the late one.
        ProductLink.Point(_folder.Root, "scene", "scene@r1.e1");
        Assert.False(await Naming().MendAsync(Scene, CancellationToken.None));
        await PublishAsync(1, epoch: 2, names: false);
        await naming.ConfirmAsync(Scene, "scene@r1.e2");
        Assert.Equal("scene@r1.e2", Target);
    }

    [Fact]
    public async Task Whoever_has_no_right_any_more_moves_nothing()
    {
        Make("scene@r1.e1");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Naming().NameAsync(Scene, "scene@r1.e1", 1, 1, new CancellationToken(canceled: true)));
        await PublishAsync(1, epoch: 2);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Naming().NameAsync(Scene, "scene@r1.e1", 1, 1, CancellationToken.None));
        Assert.Equal("scene@r1.e2", Target);
    }

    [Fact]
    public async Task A_product_of_an_open_scene_that_is_not_in_the_journal_yet_keeps_the_name()
    {
        var writer = await PublishAsync(1, epoch: 2);
        await writer.AppendAsync(new(DateTimeOffset.UnixEpoch, new SceneFact.SceneReopened(2, "late")));
        Make("scene@r2.e2");
        ProductLink.Point(_folder.Root, "scene", "scene@r2.e2");
        Assert.False(await Naming().MendAsync(Scene, CancellationToken.None));
        Assert.Equal("scene@r2.e2", Target);

        // Gone again: until the new owner comes, the last product has the name.
        Directory.Delete(_folder["scene@r2.e2"]);
        Assert.True(await Naming().MendAsync(Scene, CancellationToken.None));
        Assert.Equal("scene@r1.e2", Target);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "scene@r1.e2")]
    public async Task A_name_goes_with_its_product(bool stands, string? expected)
    {
        var writer = await PublishAsync(1, epoch: 2);
        if (!stands)
        {
            await writer.AppendAsync(new(DateTimeOffset.UnixEpoch, new SceneFact.SceneRetracted(1, "wrong")));
        }

        Assert.Equal(!stands, await Naming().MendAsync(Scene, CancellationToken.None));
        Assert.Equal(expected, Target);
    }

    [Fact]
    public async Task What_somebody_else_has_put_under_the_name_stays()
    {
        await PublishAsync(1, epoch: 2);
        ProductLink.Remove(_folder.Root, "scene", "scene@r1.e2");
        File.CreateSymbolicLink(_folder["scene"], "their-own");
        Assert.False(await Naming().MendAsync(Scene, CancellationToken.None));
        File.Delete(_folder["scene"]);
        Make("scene");
        Assert.False(await Naming().MendAsync(Scene, CancellationToken.None));
        Assert.Null(Target);
    }

    public void Dispose() => _folder.Dispose();

    private string? Target => ProductLink.TargetOf(_folder.Root, "scene");

    private SceneNaming Naming(Action<string, string, string>? move = null) =>
        new(_journal, _folder.Root, TimeProvider.System) { Move = move ?? ProductLink.Point };

    private async Task<ISceneWriter> PublishAsync(int revision, long epoch, bool names = true)
    {
        var folder = $"scene@r{revision}.e{epoch}";
        Make(folder);
        if (names)
        {
            ProductLink.Point(_folder.Root, "scene", folder);
        }

        var writer = await _journal.OpenWriterAsync(Scene);
        await writer.AppendAsync(new(
            DateTimeOffset.UnixEpoch, SampleFacts.Opened(),
            new SceneFact.ScenePublished(new(revision, epoch, folder, 4, 100, []))));
        return writer;
    }

    private void Make(string folder) => Directory.CreateDirectory(_folder[folder]);

    // The journal in memory answers at once.
    private static void Made(Task done) => Assert.True(done.IsCompletedSuccessfully);
}
