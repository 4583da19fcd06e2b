using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Messaging.Wire.Alerts;
using SpexStream.Messaging.Wire.Outgoing;
using SpexStream.Tests.Alerts;
using SpexStream.Tests.Wire;

namespace SpexStream.Tests.Contract;

/// <summary>One message of every type, always the same.</summary>
internal static class ContractSamples
{
    private static readonly AreaOfInterest Area = Places.Area("meadow", Places.Box(13, 53, 13.1, 53.05));
    private static readonly AlertTransition[] Told =
        [AlertTransition.Raised, AlertTransition.Updated, AlertTransition.Cleared, AlertTransition.Cancelled];

    /// <summary>All that hold JSON.</summary>
    public static IEnumerable<OutgoingMessage> Json()
    {
        var (closed, context) = (Sample.Closed(), Sample.Context);
        yield return SceneMessage.Encode(closed with { Kind = SceneNoticeKind.Opened, Reason = null }, context);
        yield return SceneMessage.Encode(closed with { Kind = SceneNoticeKind.Closed }, context);
        yield return SceneMessage.Encode(closed with { Kind = SceneNoticeKind.Revised }, context);
        foreach (var change in new[] { ProductChange.Created, ProductChange.Updated })
        {
            yield return MaskMessage.Encode(
                Sample.Product() with { Change = change }, LandCoverClass.Water, context);
        }

        yield return MaskDeletionMessage.Encode(
            Journal.SampleFacts.Opened().Scene, new WithdrawnProduct(1, "/out/x", [LandCoverClass.Water], "wrong"),
            LandCoverClass.Water, "spexstream-land-cover", context);
        yield return ObservationMessage.Encode(Sample.Region(), context);
        yield return SceneProgressMessage.Encode(StateTests.Progress, context);
        yield return NodeStatusMessage.Encode(StateTests.Node, context);
        yield return StripRefusalMessage.Encode(DeadLetterTests.Refusal, context);
        yield return DeadLetterMessage.Encode(DeadLetterTests.Letter, context);
        foreach (var transition in Told)
        {
            yield return AlertMessage.Encode(Notice(transition), Area, context);
        }

        yield return AlertMessage.EncodeState(AlertMessageTests.Confirmed(Area), Area, context);
    }

    /// <summary>All that hold CAP.</summary>
    public static IEnumerable<OutgoingMessage> Cap() =>
        Told.Select(transition => CapMessage.Encode(Notice(transition), Area, Sample.Context));

    private static AlertNotice Notice(AlertTransition transition) =>
        AlertMessageTests.Confirmed(Area) with { Transition = transition, Reason = "wrong" };
}
