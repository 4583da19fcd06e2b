using SpexStream.Domain.Products;
using SpexStream.Pipeline.Products;
using SpexStream.Pipeline.Scenes;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Products;

/// <summary>What is done again when products could not be put into their place.</summary>
public sealed class AssemblyRunTests
{
    [Fact]
    public async Task Products_that_have_their_place_are_not_written_again_when_only_their_name_failed()
    {
        var (written, named, outcome) = (0, 0, Outcome());
        var run = new AssemblyRun(
            () => ++written == 1 ? throw new AggregateException(new IOException("full")) : outcome,
            _ =>
            {
                if (++named < 3)
                {
                    throw new IOException("no links");
                }

                return Task.CompletedTask;
            },
            TimeProvider.System, _ => { });
        Assert.Equal("full", Broke(await run.RunAsync()));
        Assert.Equal("no links", Broke(await run.RunAsync()));
        Assert.Equal("no links", Broke(await run.RunAsync()));
        Assert.Same(outcome, Assert.IsType<SceneMessage.Assembled>(await run.RunAsync()).Outcome);
        Assert.Equal((2, 3), (written, named));
    }

    [Fact]
    public void A_folder_that_is_somebody_elses_keeps_its_content_under_another_name()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["scene@r1.e1"]);
        File.WriteAllText(folder["scene@r1.e1/theirs.tif"], "theirs");
        using (var ours = new ProductFolder(folder.Root, "scene@r1.e1"))
        {
            File.WriteAllText(ours.PathOf("ours.tif"), "ours");
            ours.Publish(flushToDisk: true, replaces: false);
        }

        Assert.Equal("ours", File.ReadAllText(folder["scene@r1.e1/ours.tif"]));
        Assert.False(File.Exists(folder["scene@r1.e1/theirs.tif"]));
        var kept = Assert.Single(Directory.EnumerateDirectories(folder.Root, "scene@r1.e1@*"));
        Assert.Equal("theirs", File.ReadAllText(Path.Combine(kept, "theirs.tif")));
    }

    [Fact]
    public void A_sweep_takes_attempts_of_the_scenes_writers_and_nobody_elses()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "scene@r1.e1", "scene@r1.e2", "scene@r1.e3", "scene@r1.e4", "other@r1.e2",
            "scene@r2.e2" })
        {
            Directory.CreateDirectory(folder[name]);
        }

        ProductLink.Point(folder.Root, "scene", "scene@r1.e3");
        ProductLink.Sweep(folder.Root, "scene", 1, first: 2, epoch: 3);
        Assert.Equal(
            ["other@r1.e2", "scene", "scene@r1.e1", "scene@r1.e3", "scene@r1.e4", "scene@r2.e2"],
            Directory.EnumerateDirectories(folder.Root).Select(path => Path.GetFileName(path)).Order(
                StringComparer.Ordinal));
    }

    private static string Broke(SceneMessage message) =>
        Assert.IsType<SceneMessage.AssemblyBroke>(message).Fault.Message;

    private static SceneOutcome Outcome() => (SceneOutcome)System.Runtime.CompilerServices.RuntimeHelpers
        .GetUninitializedObject(typeof(SceneOutcome));
}
