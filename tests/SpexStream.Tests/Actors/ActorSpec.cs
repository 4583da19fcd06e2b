using Akka.Configuration;
using Akka.TestKit.Xunit2;
using SpexStream.Actors.Nodes;

namespace SpexStream.Tests.Actors;

/// <summary>One actor between probes. Every message goes through its serializer, unless it is marked as local.</summary>
public abstract class ActorSpec() : TestKit(
    ConfigurationFactory.ParseString("akka.actor.serialize-messages = on\nakka.actor.provider = local")
        .WithFallback(HoconFiles.Read(HoconFiles.Common)));
