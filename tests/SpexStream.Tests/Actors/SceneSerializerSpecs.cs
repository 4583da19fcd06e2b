using Akka.Actor;
using Akka.Serialization;
using SpexStream.Actors.Scenes;
using SpexStream.Actors.Wire;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Tests.Architecture;
using Xunit;

namespace SpexStream.Tests.Actors;

/// <summary>What goes between nodes.</summary>
public sealed class SceneSerializerSpecs : IDisposable
{
    private const string Golden = "tests/SpexStream.Tests/Actors/scenes-1.golden.txt";
    private readonly ActorSystem _system = ActorSystem.Create("wire");

    public static TheoryData<string> Names() => [.. SampleMail.All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_message_comes_out_as_it_went_in(string name)
    {
        var sent = SampleMail.All.Single(sample => sample.Name == name).Message;
        var (serializer, bytes) = Write(sent);
        var read = serializer.FromBinary(bytes, serializer.Manifest(sent));
        Assert.IsType(sent.GetType(), read);
        // Arrays compare by reference in records, so the bytes are compared, and what is said of the message.
        Assert.Equal(bytes, serializer.ToBinary(read));
        if (sent is StripDelivered strip)
        {
            Same(strip.Delivery, ((StripDelivered)read).Delivery);
        }
        else if (sent is not EndPass)
        {
            Assert.Equal(sent, read);
        }
        else
        {
            Assert.Equal(((EndPass)sent).End.Tiers, ((EndPass)read).End.Tiers);
            Assert.Equal(((EndPass)sent).End.StripCount, ((EndPass)read).End.StripCount);
        }
    }

    [Fact]
    public void The_bytes_of_every_release_are_read_as_ever_and_written_as_ever()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, Golden));
        Assert.Equal(SampleMail.All.Length, lines.Length);
        Assert.All(SampleMail.All.Zip(lines), pair =>
        {
            var (serializer, bytes) = Write(pair.First.Message);
            var words = pair.Second.Split(' ');
            Assert.Equal([pair.First.Name, serializer.Manifest(pair.First.Message)], words[..2]);
            Assert.Equal(words[2], Convert.ToHexStringLower(bytes));
            Assert.IsType(
                pair.First.Message.GetType(), serializer.FromBinary(Convert.FromHexString(words[2]), words[1]));
        });
    }

    [Fact]
    public void Every_type_that_may_leave_its_node_has_a_sample()
    {
        var types = typeof(SceneActorTools).Assembly.GetTypes().Where(type => !type.IsAbstract
            && (typeof(ISceneMail).IsAssignableFrom(type) || typeof(SceneAnswer).IsAssignableFrom(type)));
        Assert.Empty(types.Except(SampleMail.All.Select(sample => sample.Message.GetType())));
    }

    [Fact]
    public void A_message_of_a_newer_release_is_an_error_that_names_it()
    {
        var serializer = new SceneSerializer((ExtendedActorSystem)_system);
        var fault = Assert.Throws<ArgumentException>(() => serializer.FromBinary([], "scene-painted"));
        Assert.Contains("scene-painted", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _system.Dispose();

    private (SerializerWithStringManifest Serializer, byte[] Bytes) Write(object message)
    {
        var serializer = new SceneSerializer((ExtendedActorSystem)_system);
        return (serializer, serializer.ToBinary(message));
    }

    private static void Same(StripDelivery sent, StripDelivery read)
    {
        Assert.Equal(sent.Strip, read.Strip);
        Assert.Equal(sent.Stamp, read.Stamp);
        Assert.Equal((sent.Path, sent.EndsPass), (read.Path, read.EndsPass));
        Assert.Equal(sent.FileBands.AsEnumerable(), read.FileBands);
        Assert.Equal(sent.Info.Bands.AsEnumerable(), read.Info.Bands);
        Assert.Equal(sent.Info with { Bands = [] }, read.Info with { Bands = [] });
        var (before, after) = (sent.Scene.Imagery, read.Scene.Imagery);
        Assert.Equal(before.Bands.Names.AsEnumerable(), after.Bands.Names);
        Assert.Equal(before.Nodata.AsEnumerable(), after.Nodata);
        Assert.Equal(before.Radiometry.Scale.AsEnumerable(), after.Radiometry.Scale);
        Assert.Equal(before.Radiometry.Offset.AsEnumerable(), after.Radiometry.Offset);
        Assert.Equal(
            (before.Type, before.Radiometry.Level, before.PixelSizeMetres),
            (after.Type, after.Radiometry.Level, after.PixelSizeMetres));
        Assert.Equal(sent.Scene, read.Scene with { Imagery = before });
        Assert.Equal(sent.Scene.SensedTo.Offset, read.Scene.SensedTo.Offset);
    }
}
