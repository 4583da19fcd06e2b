using System.Text;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Outgoing;
using Xunit;

namespace SpexStream.Tests.Wire;

public sealed class DeadLetterTests
{
    private static readonly OriginalPayload Original =
        OriginalPayload.Of(new("spex/in", Encoding.ASCII.GetBytes("{broken"), "application/json", []));

    internal static readonly StripRefusal Refusal = new(
        new(RejectionReason.NotJson, "payload", "cannot be read", "send one STAC Item"), Original, Arrival: 17);

    internal static readonly DeadLetter Letter = new()
    {
        Stage = "tile",
        Reason = "backend-failed",
        Sentence = "The backend failed three times; look at the device.",
        Original = Original,
        Arrival = 17,
        Attempts = 3,
        Scene = Sample.Scene,
        Strip = 3,
        Href = "file:///spool/17",
    };

    [Fact]
    public void A_refused_announcement_in_full()
    {
        var message = StripRefusalMessage.Encode(Refusal, Sample.Context);

        Assert.Equal("spex/a/de-neustrelitz/dlq/intake/not-json", message.Topic);
        Assert.Equal(EventTypes.StripRejected, message.EventType);
        Golden.Equal(
            """
            {
              "stage": "intake", "reason": "not-json", "message": "payload cannot be read; send one STAC Item.",
              "where": "payload", "attempts": 1, "arrival": 17,
              "original": {
                "topic": "spex/in", "content_type": "application/json", "size": 7,
                "sha256": "be302461cda285db3ed2d45fb767b23e08ca8808b35a638009937df22b332d73",
                "first_bytes": "e2Jyb2tlbg=="
              },
              "given_up": "2026-05-01T10:16:00Z"
            }
            """,
            message.Payload);
    }

    [Fact]
    public void A_dead_letter_in_full()
    {
        var message = DeadLetterMessage.Encode(Letter, Sample.Context);

        Assert.Equal("spex/a/de-neustrelitz/dlq/tile/backend-failed", message.Topic);
        Assert.Contains(new UserProperty("stripid", "pass-77/3"), message.UserProperties);
        Golden.Equal(
            $$"""
            {
              "stage": "tile", "reason": "backend-failed",
              "message": "The backend failed three times; look at the device.",
              "attempts": 3, "arrival": 17, "scene_id": "pass-77", "strip_index": 3,
              "original": {
                "topic": "spex/in", "content_type": "application/json", "size": 7, "sha256": "{{Original.Sha256}}",
                "href": "file:///spool/17", "first_bytes": "e2Jyb2tlbg=="
              },
              "given_up": "2026-05-01T10:16:00Z"
            }
            """,
            message.Payload);
    }

    [Fact]
    public void Of_a_hostile_payload_only_the_head_is_kept()
    {
        var original = OriginalPayload.Of(new("a\nb", new byte[1_000_000], new string('\u0007', 900), []));

        var message = StripRefusalMessage.Encode(Refusal with { Original = original }, Sample.Context);

        Assert.Equal(256, original.FirstBytes.Length);
        Assert.Equal("a?b", original.Topic);
        Assert.Equal(256, original.ContentType!.Length);
        Assert.InRange(message.Payload.Length, 1, 8192);
    }

    [Fact]
    public void A_sentence_that_does_not_fit_is_left_out_and_said_so()
    {
        var message = DeadLetterMessage.Encode(Letter with { Sentence = new string('x', 9000) }, Sample.Context);

        Assert.Contains("\"omitted\":[\"message\"]", Sample.Json(message), StringComparison.Ordinal);
    }
}
