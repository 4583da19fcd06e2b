using System.Collections.Immutable;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>There is nobody to tell.</summary>
internal sealed class NoMessages : ISceneMessages
{
    public ImmutableArray<OutgoingMessage> Opened(SceneSpec scene) => [];

    public ImmutableArray<OutgoingMessage> StripSummarised(
        SceneSpec scene, StripEntry strip, int revision, ImmutableArray<ClassFacts> classes) => [];

    public ImmutableArray<OutgoingMessage> Published(SceneOutcome outcome) => [];

    public ImmutableArray<OutgoingMessage> Failed(SceneSpec scene, string reason, string sentence) => [];

    public ImmutableArray<OutgoingMessage> Quarantined(SceneSpec scene, int stripIndex, string sentence, int crashes) => [];
}
