using System.Collections.Immutable;
using Google.Protobuf;
using SpexStream.Actors.Scenes;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Scenes;

namespace SpexStream.Actors.Wire;

/// <summary>Questions to scenes as protobuf.</summary>
internal static class SceneAskFormat
{
    public static IMessage Write(SceneAsk ask) => ask switch
    {
        StripDelivered strip => new Proto.StripDelivered
        {
            Id = Write(strip.Id),
            Delivery = StripDeliveryFormat.Write(strip.Delivery),
        },
        EndPass end => Write(end),
        OrderScene order => Write(order),
        RecallScene recall => new Proto.RecallScene { Id = Write(recall.Id), Scene = recall.Of.Value },
        _ => throw new ArgumentException($"{ask.GetType()} does not leave its node.", nameof(ask)),
    };

    public static IMessage Write(WithdrawAsk withdraw) =>
        new Proto.WithdrawAsk { Id = Write(withdraw.Id), Scene = withdraw.Scene.Value };

    public static IMessage Write(WakeScene wake) => new Proto.WakeScene { Scene = wake.Scene.Value };

    public static Proto.RequestId Write(RequestId id) => new() { Asker = id.Asker, Number = id.Number };

    public static RequestId Read(Proto.RequestId id) => new(id.Asker, id.Number);

    public static StripDelivered Read(Proto.StripDelivered strip) =>
        new(Read(strip.Id), StripDeliveryFormat.Read(strip.Delivery));

    public static EndPass Read(Proto.EndPass end) => new(
        Read(end.Id),
        new PassEnd(SceneId.Parse(end.Scene), end.HasStripCount ? end.StripCount : null)
        {
            Tiers = end.Tiers.ToImmutableSortedDictionary(tier => tier.Key, tier => WireEnums.Read(tier.Value)),
        });

    public static OrderScene Read(Proto.OrderScene order) =>
        new(Read(order.Id), SceneId.Parse(order.Scene), WhatOf(order));

    public static RecallScene Read(Proto.RecallScene recall) => new(Read(recall.Id), SceneId.Parse(recall.Scene));

    public static WithdrawAsk Read(Proto.WithdrawAsk withdraw) =>
        new(Read(withdraw.Id), SceneId.Parse(withdraw.Scene));

    public static WakeScene Read(Proto.WakeScene wake) => new(SceneId.Parse(wake.Scene));

    private static Proto.EndPass Write(EndPass end)
    {
        var message = new Proto.EndPass { Id = Write(end.Id), Scene = end.Scene.Value };
        if (end.End.StripCount is { } count)
        {
            message.StripCount = count;
        }

        foreach (var (index, tier) in end.End.Tiers)
        {
            message.Tiers.Add(index, WireEnums.Write(tier));
        }

        return message;
    }

    private static Proto.OrderScene Write(OrderScene order)
    {
        var message = new Proto.OrderScene { Id = Write(order.Id), Scene = order.Of.Value };
        switch (order.What)
        {
            case SceneOrder.Reprocess reprocess:
                message.Reprocess = new();
                if (reprocess.Revision is { } again)
                {
                    message.Reprocess.Revision = again;
                }

                break;
            case SceneOrder.Retract retract:
                message.Retract = new();
                if (retract.Revision is { } revision)
                {
                    message.Retract.Revision = revision;
                }

                if (retract.Reason is { } why)
                {
                    message.Retract.Reason = why;
                }

                break;
            case SceneOrder.Release release:
                message.Release = new() { StripIndex = release.StripIndex };
                break;
            case SceneOrder.Abandon abandon:
                message.Abandon = new();
                if (abandon.Reason is { } reason)
                {
                    message.Abandon.Reason = reason;
                }

                break;
            default:
                throw new ArgumentException($"{order.What.GetType()} does not leave its node.", nameof(order));
        }

        return message;
    }

    private static SceneOrder WhatOf(Proto.OrderScene order) => order.OrderCase switch
    {
        Proto.OrderScene.OrderOneofCase.Reprocess =>
            new SceneOrder.Reprocess(order.Reprocess.HasRevision ? order.Reprocess.Revision : null),
        Proto.OrderScene.OrderOneofCase.Retract => new SceneOrder.Retract(
            order.Retract.HasRevision ? order.Retract.Revision : null,
            order.Retract.HasReason ? order.Retract.Reason : null),
        Proto.OrderScene.OrderOneofCase.Release => new SceneOrder.Release(order.Release.StripIndex),
        Proto.OrderScene.OrderOneofCase.Abandon =>
            new SceneOrder.Abandon(order.Abandon.HasReason ? order.Abandon.Reason : null),
        _ => throw new ArgumentException("An order of a newer release.", nameof(order)),
    };
}
