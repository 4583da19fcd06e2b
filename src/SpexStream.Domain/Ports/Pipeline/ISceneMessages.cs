using System.Collections.Immutable;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>
/// Puts what happened to a scene into messages for the broker, serialised once: their bytes are kept with the facts
/// they tell and sent as they are, however often. Safe for use from several threads.
/// </summary>
public interface ISceneMessages
{
    /// <summary>A scene's first strip was accepted.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="model">The model that will answer; null for the station's rules.</param>
    ImmutableArray<OutgoingMessage> Opened(SceneSpec scene, ModelFacts? model);

    /// <summary>Every tile of a strip has an answer.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="strip">The strip.</param>
    /// <param name="revision">Revision of the products that this is preliminary to.</param>
    /// <param name="classes">Preliminary facts.</param>
    /// <param name="model">The model that answered; null for the station's rules.</param>
    ImmutableArray<OutgoingMessage> StripSummarised(
        SceneSpec scene, StripEntry strip, int revision, ImmutableArray<ClassFacts> classes, ModelFacts? model);

    /// <summary>The products of a revision are in place.</summary>
    /// <param name="outcome">What came out.</param>
    /// <param name="goesOn">Whether strips for the next revision wait already: then the scene is not said to be
    /// closed.</param>
    ImmutableArray<OutgoingMessage> Published(SceneOutcome outcome, bool goesOn);

    /// <summary>A closed scene is worked on again, for a further revision.</summary>
    ImmutableArray<OutgoingMessage> Reopened(SceneSpec scene, SceneMoment moment);

    /// <summary>The scene could not be finished; nothing of it was published as final.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="reason">Code for machines, by <see cref="Identity.TopicLevel.Rule"/>.</param>
    /// <param name="sentence">What happened and what to do, for people.</param>
    /// <param name="moment">Where the scene stands.</param>
    ImmutableArray<OutgoingMessage> Failed(SceneSpec scene, string reason, string sentence, SceneMoment moment);

    /// <summary>A strip is worked on no more until somebody asks for it.</summary>
    ImmutableArray<OutgoingMessage> Quarantined(
        SceneSpec scene, int stripIndex, string sentence, int crashes, SceneMoment moment);

    /// <summary>The scene's product was withdrawn.</summary>
    ImmutableArray<OutgoingMessage> Retracted(SceneSpec scene, WithdrawnProduct product, SceneMoment moment);

    /// <summary>A scene that had failed was given up.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="stands">Whether a product of an earlier revision stands.</param>
    /// <param name="sentence">What this means, for people.</param>
    /// <param name="moment">Where the scene stands.</param>
    ImmutableArray<OutgoingMessage> Abandoned(SceneSpec scene, bool stands, string sentence, SceneMoment moment);
}
