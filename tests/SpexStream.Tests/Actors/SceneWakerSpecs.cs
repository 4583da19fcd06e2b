using Akka.Configuration;
using Akka.TestKit.Xunit2;
using SpexStream.Actors.Scenes;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Tests.Journal;
using Xunit;

namespace SpexStream.Tests.Actors;

/// <summary>Scenes that sleep although the journal calls them open.</summary>
public sealed class SceneWakerSpecs() : TestKit(ConfigurationFactory.ParseString(
    "akka.actor.provider = cluster\nakka.remote.dot-netty.tcp { port = 0, hostname = 127.0.0.1 }"))
{
    private readonly ScriptedJournal _journal = new();

    [Fact]
    public async Task Open_scenes_are_woken_from_time_to_time_and_closed_ones_never()
    {
        _journal.Know(SceneId.Parse("closed"), SceneStanding.Published);
        _journal.Know(SceneId.Parse("open"), SceneStanding.Open);
        var scenes = CreateTestProbe();
        Sys.ActorOf(SceneWakerActor.Props(_journal, scenes, TimeSpan.FromMilliseconds(50)));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("open", (await scenes.ExpectMsgAsync<WakeScene>()).Scene.Value);
        }
    }

    [Fact]
    public async Task A_journal_that_does_not_answer_is_asked_again()
    {
        var asked = 0;
        _journal.BeforeList = () => Interlocked.Increment(ref asked) < 3
            ? Task.FromException(new JournalUnavailableException("away")) : Task.CompletedTask;
        _journal.Know(SceneId.Parse("open"), SceneStanding.Open);
        var scenes = CreateTestProbe();
        Sys.ActorOf(SceneWakerActor.Props(_journal, scenes, TimeSpan.FromMilliseconds(50)));
        await scenes.ExpectMsgAsync<WakeScene>();
        Assert.InRange(asked, 3, int.MaxValue);
    }
}
