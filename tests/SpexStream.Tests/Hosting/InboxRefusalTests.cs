using System.Text;
using SpexStream.Daemon.Composition;
using SpexStream.Daemon.Hosting;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Tests.Journal;
using Xunit;

namespace SpexStream.Tests.Hosting;

public sealed class InboxRefusalTests
{
    [Fact]
    public void A_repeat_for_the_same_entry_says_the_same_whenever_it_comes()
    {
        var at = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
        var entry = new InboxEntry(
            7, "north-2", at, new InboxItem.Strip(SampleFacts.Opened().Scene, SampleFacts.Accepted().Strip));
        var rejection = new Rejection(RejectionReason.BandCount, "the strip", "does not fit", "send it again");
        var identity = Identity.Of(StationId.Parse("north"), "0");
        var text = Encoding.UTF8.GetString(InboxRefusal.Encode(entry, rejection, identity).Payload.Span);
        Assert.Contains("2026-05-01T12:00:00", text, StringComparison.Ordinal);
        Assert.Equal(text, Encoding.UTF8.GetString(InboxRefusal.Encode(entry, rejection, identity).Payload.Span));
    }
}
