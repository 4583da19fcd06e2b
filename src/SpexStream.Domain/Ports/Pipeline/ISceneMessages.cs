using System.Collections.Immutable;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>
/// Puts what happened to a scene into messages for the broker, serialised once: their bytes are kept with the facts they
/// tell and sent as they are, however often. Safe for use from several threads.
/// </summary>
public interface ISceneMessages
{
    /// <summary>A scene's first strip was accepted.</summary>
    ImmutableArray<OutgoingMessage> Opened(SceneSpec scene);

    /// <summary>Every tile of a strip has an answer.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="strip">The strip.</param>
    /// <param name="revision">Revision of the products that this is preliminary to.</param>
    /// <param name="classes">Preliminary facts.</param>
    ImmutableArray<OutgoingMessage> StripSummarised(
        SceneSpec scene, StripEntry strip, int revision, ImmutableArray<ClassFacts> classes);

    /// <summary>The products of a revision are in place.</summary>
    ImmutableArray<OutgoingMessage> Published(SceneOutcome outcome);

    /// <summary>The scene could not be finished; nothing of it was published as final.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="reason">Code for machines, by <see cref="Identity.TopicLevel.Rule"/>.</param>
    /// <param name="sentence">What happened and what to do, for people.</param>
    ImmutableArray<OutgoingMessage> Failed(SceneSpec scene, string reason, string sentence);

    /// <summary>A strip is worked on no more until somebody asks for it.</summary>
    ImmutableArray<OutgoingMessage> Quarantined(SceneSpec scene, int stripIndex, string sentence, int crashes);
}
