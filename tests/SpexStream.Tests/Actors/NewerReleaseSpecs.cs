using Akka.Actor;
using Google.Protobuf;
using SpexStream.Actors.Scenes;
using SpexStream.Actors.Wire;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Scenes;
using Xunit;

namespace SpexStream.Tests.Actors;

/// <summary>What nodes of a newer release may send to one of this: more is passed over, another meaning is refused.
/// </summary>
public sealed class NewerReleaseSpecs : IDisposable
{
    private const int NoSuchValue = 77;
    private readonly ActorSystem _system = ActorSystem.Create("newer");

    private SceneSerializer Serializer => new((ExtendedActorSystem)_system);

    [Fact]
    public void A_field_that_this_release_does_not_know_is_passed_over()
    {
        Assert.All(SampleMail.All, sample =>
        {
            var bytes = Serializer.ToBinary(sample.Message);
            // Field 2000, a number: 1.
            byte[] more = [.. bytes, 0x80, 0x7d, 0x01];
            var read = Serializer.FromBinary(more, Serializer.Manifest(sample.Message));
            Assert.Equal(bytes, Serializer.ToBinary(read));
        });
    }

    [Fact]
    public void A_variant_that_this_release_does_not_know_is_an_error()
    {
        var id = new RequestId(1, 2);
        var order = SpexStream.Actors.Wire.Proto.OrderScene.Parser.ParseFrom(
            Serializer.ToBinary(new OrderScene(id, SampleMail.Full.Scene.Id, new SceneOrder.Retract())));
        order.ClearOrder();
        Assert.Throws<ArgumentException>(() => Serializer.FromBinary(order.ToByteArray(), "order-scene"));
        var decided = new SpexStream.Actors.Wire.Proto.StripDecided { Id = SceneAskFormat.Write(id) };
        Assert.Throws<ArgumentException>(() => Serializer.FromBinary(decided.ToByteArray(), "strip-decided"));
    }

    [Fact]
    public void A_value_of_an_enum_that_this_release_does_not_know_is_an_error_and_not_its_default()
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => WireEnums.Read((SpexStream.Actors.Wire.Proto.StripTier)NoSuchValue));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => WireEnums.Read((SpexStream.Actors.Wire.Proto.RadiometryLevel)NoSuchValue));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => WireEnums.Read((SpexStream.Actors.Wire.Proto.PixelType)NoSuchValue));
    }

    [Fact]
    public void A_value_of_the_domain_that_the_wire_does_not_know_is_an_error_and_not_its_default()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => WireEnums.Write((StripTier)NoSuchValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => WireEnums.Write((RadiometryLevel)NoSuchValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => WireEnums.Write((PixelType)NoSuchValue));
        Assert.All(Enum.GetValues<StripTier>(), tier => Assert.Equal(tier, WireEnums.Read(WireEnums.Write(tier))));
        Assert.All(
            Enum.GetValues<RadiometryLevel>(), level => Assert.Equal(level, WireEnums.Read(WireEnums.Write(level))));
    }

    public void Dispose() => _system.Dispose();
}
