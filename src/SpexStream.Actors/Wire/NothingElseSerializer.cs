using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace SpexStream.Actors.Wire;

/// <summary>Stands where Akka.NET has a serializer that writes and reads every type by its name. Whoever reaches the
/// port of the cluster could have any type made of what it sends; so only what has a schema crosses it.</summary>
/// <param name="system">The system that it is in.</param>
public sealed class NothingElseSerializer(ExtendedActorSystem system) : Serializer(system)
{
    /// <summary>The same, where settings of the one whose place it takes are left over.</summary>
    public NothingElseSerializer(ExtendedActorSystem system, Config settings)
        : this(system) => _ = settings;

    /// <inheritdoc/>
    public override int Identifier => 7102;

    /// <inheritdoc/>
    public override bool IncludeManifest => false;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) =>
        throw new SerializationException($"{obj.GetType()} does not leave its node.");

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, Type type) =>
        throw new SerializationException("Nothing is read that has no schema.");
}
