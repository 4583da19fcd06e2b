using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Pipeline.Scenes;
using Xunit;

namespace SpexStream.Tests.Pipeline;

public sealed class SceneRunTests
{
    [Fact]
    public async Task What_is_queued_behind_the_message_that_ends_a_scene_goes_back_unread()
    {
        var entity = new OneMessageEntity();
        await using var run = new SceneRun(8, _ => entity);
        var end = new PassEnd(entity.Scene, null);
        var (first, second) = (run.EndPassAsync(end, default).AsTask(), run.EndPassAsync(end, default).AsTask());
        entity.Begin.SetResult();

        await Task.WhenAll(first, second, run.Completion).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(1, entity.Handled);
    }

    private sealed class OneMessageEntity : ISceneEntity
    {
        public TaskCompletionSource Begin { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Handled { get; private set; }

        public SceneId Scene { get; } = SceneId.Parse("pass-1");

        public bool IsOver => Handled > 0;

        public bool IsAbandoned => false;

        public bool IsGathering => false;

        public long ResultBytes => 0;

        public async ValueTask RecallAsync() => await Begin.Task;

        public ValueTask HandleAsync(ISceneMessage message)
        {
            Handled++;
            ((SceneRequest.EndPass)message).Read.TrySetResult();
            return ValueTask.CompletedTask;
        }

        public ValueTask FailAsync(Exception fault) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
