using System.Text;
using SpexStream.Domain.Commands;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Scenes;
using SpexStream.Messaging.Wire.Commands;
using Xunit;
using Xunit.Abstractions;

namespace SpexStream.Tests.Commands;

/// <summary>A command is understood wholly or refused with a reason.</summary>
public sealed class CommandDecoderTests(ITestOutputHelper output)
{
    private const int Cases = 20_000;
    private const int Seed = 77;

    public static TheoryData<string, string, object> Good() => new()
    {
        { "replay", """{"spool":"/srv/in"}""", new StationCommand.Replay("/srv/in") },
        { "reprocess", """{"scene":"s"}""", Of(new SceneOrder.Reprocess()) },
        { "reprocess", """{"scene":"s","revision":2}""", Of(new SceneOrder.Reprocess(2)) },
        { "retract", """{"scene":"s","reason":"wrong"}""", Of(new SceneOrder.Retract(null, "wrong")) },
        { "release", """{"strip":3,"scene":"s"}""", Of(new SceneOrder.Release(3)) },
        { "abandon", """{"scene":"s"}""", Of(new SceneOrder.Abandon()) },
        { "pause", "", new StationCommand.Pause() },
        { "resume", "{}", new StationCommand.Unpause() },
        { "drain", "{ }", new StationCommand.Drain() },
        { "drain", """{"node":"node-1"}""", new StationCommand.Drain("node-1") },
        { "resume", """{"node":null}""", new StationCommand.Unpause() },
        {
            "abandon", """{"specversion":"1.0","id":"1","source":"/op","type":"org.spexstream.command.v1","data":{"scene":"s"}}""",
            Of(new SceneOrder.Abandon())
        },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void What_is_right_is_understood(string verb, string payload, object expected)
    {
        var (command, refusal) = Decode(verb, payload);
        Assert.Equal(expected, command);
        Assert.Null(refusal);
    }

    [Theory]
    [InlineData("explode", "{}", "unknown-verb")]
    [InlineData("pause", "no json", "not-json")]
    [InlineData("pause", "[]", "not-json")]
    [InlineData("pause", """{"now":true}""", "bad-field")]
    [InlineData("pause", """{"scene":"s"}""", "bad-field")]
    [InlineData("drain", """{"node":"a/b"}""", "bad-field")]
    [InlineData("drain", """{"node":1}""", "bad-field")]
    [InlineData("reprocess", """{"scene":"s","node":"node-1"}""", "bad-field")]
    [InlineData("reprocess", "{}", "missing-field")]
    [InlineData("reprocess", """{"scene":null}""", "missing-field")]
    [InlineData("reprocess", """{"scene":3}""", "bad-field")]
    [InlineData("reprocess", """{"scene":"../up"}""", "bad-field")]
    [InlineData("reprocess", """{"scene":"s","Scene":"t"}""", "bad-field")]
    [InlineData("reprocess", """{"scene":"s","scene":"t"}""", "not-json")]
    [InlineData("reprocess", """{"scene":"s","revision":0}""", "bad-field")]
    [InlineData("reprocess", """{"scene":"s","revision":"2"}""", "bad-field")]
    [InlineData("release", """{"scene":"s"}""", "missing-field")]
    [InlineData("release", """{"scene":"s","strip":-1}""", "bad-field")]
    [InlineData("release", """{"scene":"s","strip":1.5}""", "bad-field")]
    [InlineData("retract", """{"scene":"s","reason":"a\nb"}""", "bad-field")]
    [InlineData("replay", """{"spool":"relative"}""", "bad-field")]
    [InlineData("replay", """{"spool":""}""", "bad-field")]
    [InlineData("replay", """{"dir":"/srv/in"}""", "missing-field")]
    public void What_is_wrong_is_refused_with_a_code_and_a_sentence(string verb, string payload, string reason)
    {
        var (command, refusal) = Decode(verb, payload);
        Assert.Null(command);
        Assert.Equal((CommandStatus.Refused, reason), (refusal!.Status, refusal.Reason));
        Assert.EndsWith(".", refusal.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_too_large_is_not_even_read() =>
        Assert.Equal("too-large", Decode("pause", new string(' ', CommandDecoder.MaxBytes) + "{}").Refusal!.Reason);

    [Fact]
    public void Whatever_the_bytes_are_there_is_one_answer()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var samples = Good().Select(row => ((string)row[0], Encoding.UTF8.GetBytes((string)row[1]))).ToArray();
        for (var i = 0; i < Cases; i++)
        {
            var (verb, bytes) = samples[random.Next(samples.Length)];
            var payload = bytes.ToArray();
            for (var flips = random.Next(1, 4); flips > 0 && payload.Length > 0; flips--)
            {
                payload[random.Next(payload.Length)] = (byte)random.Next(256);
            }

            var (command, refusal) = CommandDecoder.Decode(verb, Message(payload[..random.Next(payload.Length + 1)]));
            Assert.True(command is null != refusal is null, Convert.ToHexString(payload));
        }
    }

    private static StationCommand.OfScene Of(SceneOrder order) => new(SceneId.Parse("s"), order);

    private static (StationCommand? Command, CommandAnswer? Refusal) Decode(string verb, string payload) =>
        CommandDecoder.Decode(verb, Message(Encoding.UTF8.GetBytes(payload)));

    private static InboundMessage Message(byte[] payload) => new("spex/a/no-test/cmd/x", payload, null, []);
}
