using System.Text;
using System.Text.Json.Nodes;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Announcements;
using Xunit;

namespace SpexStream.Tests.Wire;

public sealed class InBandTests
{
    private static readonly byte[] Raster = Encoding.ASCII.GetBytes("II*\0 not really a raster");

    [Fact]
    public void A_raster_in_the_message_is_handed_on_with_its_size_and_checksum()
    {
        var accepted = Assert.IsType<AnnouncementOutcome.Accepted>(Decode(WithoutHref()));

        Assert.Equal(Raster, accepted.InBand.ToArray());
        Assert.Null(accepted.Announcement.Data.Href);
        Assert.Equal(Raster.Length, accepted.Announcement.Data.SizeBytes);
        Assert.Equal(ContentChecksum.Compute(HashKind.Sha256, Raster), accepted.Announcement.Data.Checksum);
    }

    [Fact]
    public void The_item_needs_no_assets() =>
        Assert.IsType<AnnouncementOutcome.Accepted>(Decode(Without("assets")));

    [Fact]
    public void A_raster_without_an_item_is_refused()
    {
        var message = new InboundMessage("t", Raster, "image/tiff; application=geotiff", []);

        var rejection = Sample.Refuse(Sample.Decode(message));

        Assert.Equal(RejectionReason.MissingField, rejection.Reason);
        Assert.Equal("user property \"spex-item\"", rejection.Where);
    }

    [Fact]
    public void A_raster_above_the_limit_is_refused() =>
        Assert.Equal(
            RejectionReason.TooLarge, Sample.Refuse(Decode(WithoutHref(), new() { MaxInBandBytes = 3 })).Reason);

    [Fact]
    public void An_empty_raster_is_refused() =>
        Assert.Equal(RejectionReason.Unreadable, Sample.Refuse(Sample.Decode(Message(WithoutHref(), []))).Reason);

    [Theory]
    [InlineData("file:size", "5", RejectionReason.SizeMismatch)]
    [InlineData(
        "file:checksum",
        "\"12200000000000000000000000000000000000000000000000000000000000000000\"",
        RejectionReason.ChecksumMismatch)]
    public void Another_size_or_checksum_than_announced_is_refused(string field, string value, RejectionReason reason)
    {
        var item = WithoutHref();
        item["assets"]!["data"]![field] = JsonNode.Parse(value);

        Assert.Equal(reason, Sample.Refuse(Decode(item)).Reason);
    }

    [Fact]
    public void The_encoder_writes_what_the_decoder_reads()
    {
        var strip = Sample.Accept(Sample.Decode(Sample.Item())) with { Instruction = "Blick auf den Müritzsee" };

        var sent = StripAnnouncementEncoder.EncodeInBand(strip, Raster, Sample.Context);
        var read = Sample.Accept(Sample.Decode(Sample.Received(sent)));

        Assert.Equal("image/tiff", sent.ContentType);
        Assert.False(sent.IsText);
        Assert.True(sent.UserProperties.Length <= 16);
        Assert.All(sent.UserProperties, p => Assert.True(Ascii.IsValid(p.Value), p.Name));
        Assert.Equal(strip.Instruction, read.Instruction);
        Assert.Equal(strip.StripIndex, read.StripIndex);
    }

    private static JsonObject WithoutHref()
    {
        var item = Sample.Item();
        ((JsonObject)item["assets"]!["data"]!).Remove("href");
        return item;
    }

    private static JsonObject Without(string member)
    {
        var item = Sample.Item();
        item.Remove(member);
        return item;
    }

    private static InboundMessage Message(JsonObject item, byte[] raster) =>
        new("t", raster, "image/tiff", [new("spex-item", item.ToJsonString())]);

    private static AnnouncementOutcome Decode(JsonObject item, AnnouncementLimits? limits = null) =>
        Sample.Decode(Message(item, Raster), limits);
}
