using System.Collections.Immutable;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>There is nobody to tell.</summary>
internal sealed class NoMessages : ISceneMessages
{
    public ImmutableArray<OutgoingMessage> Opened(SceneSpec scene, ModelFacts? model) => [];

    public ImmutableArray<OutgoingMessage> StripSummarised(
        SceneSpec scene, StripEntry strip, int revision, ImmutableArray<ClassFacts> classes, ModelFacts? model) => [];

    public ImmutableArray<OutgoingMessage> Published(SceneOutcome outcome, bool goesOn) => [];

    public ImmutableArray<OutgoingMessage> Reopened(SceneSpec scene, SceneMoment moment) => [];

    public ImmutableArray<OutgoingMessage> Failed(
        SceneSpec scene, string reason, string sentence, SceneMoment moment) => [];

    public ImmutableArray<OutgoingMessage> Quarantined(
        SceneSpec scene, int stripIndex, string sentence, int crashes, SceneMoment moment) => [];

    public ImmutableArray<OutgoingMessage> Retracted(SceneSpec scene, WithdrawnProduct product, SceneMoment moment) =>
        [];

    public ImmutableArray<OutgoingMessage> Abandoned(
        SceneSpec scene, bool stands, string sentence, SceneMoment moment) => [];
}
