using Akka.Configuration;
using Akka.TestKit.Xunit2;
using SpexStream.Actors.Nodes;

namespace SpexStream.Tests.Actors;

/// <summary>One actor between probes. Every message goes through its serializer, unless it is marked as
/// local.</summary>
public abstract class ActorSpec() : TestKit(
    ConfigurationFactory.ParseString($"{EveryMessageIsWritten}\nakka.actor.provider = local")
        .WithFallback(HoconFiles.Read(HoconFiles.Common)))
{
    /// <summary>Local messages are written, too, some of Akka.NET's own among them that no node sends.</summary>
    public const string EveryMessageIsWritten = "akka.actor.serialize-messages = on\n"
        + "akka.actor.serializers.json = \"Akka.Serialization.NewtonSoftJsonSerializer, Akka\"";
}
