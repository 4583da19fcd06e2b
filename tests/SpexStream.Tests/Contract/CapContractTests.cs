using System.Text;
using System.Xml.Linq;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Contract;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Tests.Wire;
using Xunit;

namespace SpexStream.Tests.Contract;

/// <summary>What subscribers of CAP were promised, as <see cref="ContractTests"/> for JSON.</summary>
public sealed class CapContractTests
{
    private static readonly Dictionary<string, OutgoingMessage> Samples =
        ContractSamples.Cap().ToDictionary(message => message.EventType);

    public static TheoryData<string> Types() => [.. ContractDocuments.Messages
        .Where(message => message.ContentType == MediaTypes.Cap).Select(message => message.Type)];

    [Theory]
    [MemberData(nameof(Types))]
    public void What_was_released_is_only_extended(string type)
    {
        var sample = Samples[type];
        var now = Encoding.UTF8.GetString(sample.Payload.Span);
        var released = ReleasedFiles.Read(ReleasedFiles.NamesOf(type, MediaTypes.Cap).Single(), now);
        Assert.Empty(XmlExtension.Lost(XElement.Parse(released), XElement.Parse(now), "alert"));
        CapChecker.Valid(Encoding.UTF8.GetBytes(released));
        Assert.Empty(ContractCheck.Faults(sample.Topic, sample.EventType, sample.ContentType, sample.Payload));
    }

    [Theory]
    [InlineData("<note>n</note>", "<note>n</note><code>c</code>", 0)]
    [InlineData("<p>1</p><p>2</p>", "<p>1</p><p>1.5</p><p>2</p>", 0)]
    [InlineData("<note>n</note>", "<code>c</code>", 1)]
    [InlineData("<note>n</note>", "<note>N</note>", 1)]
    [InlineData("<p>1</p><p>2</p>", "<p>2</p><p>1</p>", 1)]
    [InlineData("<a><b>1</b></a>", "<a><c>1</c></a>", 1)]
    [InlineData("<a x='1'/>", "<a/>", 1)]
    public void What_is_gone_from_a_message_or_says_something_else_is_found(string older, string newer, int lost) =>
        Assert.Equal(lost, XmlExtension.Lost(
            XElement.Parse($"<m>{older}</m>"), XElement.Parse($"<m>{newer}</m>"), "m").Count());
}
