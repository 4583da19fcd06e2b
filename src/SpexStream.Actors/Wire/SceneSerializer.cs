using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;
using SpexStream.Actors.Scenes;

namespace SpexStream.Actors.Wire;

/// <summary>Messages about scenes as bytes between nodes (scenes.proto). A manifest never changes its meaning; what is
/// unknown is an error, which tells the operator that the nodes are of different releases.</summary>
public sealed class SceneSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <inheritdoc/>
    public override int Identifier => 7101;

    /// <inheritdoc/>
    public override string Manifest(object o) => o switch
    {
        StripDelivered => "strip-delivered",
        EndPass => "end-pass",
        OrderScene => "order-scene",
        RecallScene => "recall-scene",
        WithdrawAsk => "withdraw-ask",
        WakeScene => "wake-scene",
        StripDecided => "strip-decided",
        PassNoted => "pass-noted",
        OrderDecided => "order-decided",
        SceneRecalled => "scene-recalled",
        SceneBroke => "scene-broke",
        AskAgain => "ask-again",
        _ => throw new ArgumentException($"{o.GetType()} does not leave its node.", nameof(o)),
    };

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => (obj switch
    {
        SceneAsk ask => SceneAskFormat.Write(ask),
        SceneAnswer answer => SceneAnswerFormat.Write(answer),
        WithdrawAsk withdraw => SceneAskFormat.Write(withdraw),
        WakeScene wake => SceneAskFormat.Write(wake),
        _ => throw new ArgumentException($"{obj.GetType()} does not leave its node.", nameof(obj)),
    }).ToByteArray();

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        "strip-delivered" => SceneAskFormat.Read(Proto.StripDelivered.Parser.ParseFrom(bytes)),
        "end-pass" => SceneAskFormat.Read(Proto.EndPass.Parser.ParseFrom(bytes)),
        "order-scene" => SceneAskFormat.Read(Proto.OrderScene.Parser.ParseFrom(bytes)),
        "recall-scene" => SceneAskFormat.Read(Proto.RecallScene.Parser.ParseFrom(bytes)),
        "withdraw-ask" => SceneAskFormat.Read(Proto.WithdrawAsk.Parser.ParseFrom(bytes)),
        "wake-scene" => SceneAskFormat.Read(Proto.WakeScene.Parser.ParseFrom(bytes)),
        "strip-decided" => SceneAnswerFormat.Read(Proto.StripDecided.Parser.ParseFrom(bytes)),
        "pass-noted" => SceneAnswerFormat.Read(Proto.PassNoted.Parser.ParseFrom(bytes)),
        "order-decided" => SceneAnswerFormat.Read(Proto.OrderDecided.Parser.ParseFrom(bytes)),
        "scene-recalled" => SceneAnswerFormat.Read(Proto.SceneRecalled.Parser.ParseFrom(bytes)),
        "scene-broke" => SceneAnswerFormat.Read(Proto.SceneBroke.Parser.ParseFrom(bytes)),
        "ask-again" => SceneAnswerFormat.Read(Proto.AskAgain.Parser.ParseFrom(bytes)),
        _ => throw new ArgumentException($"No message of this release is called '{manifest}'.", nameof(manifest)),
    };
}
