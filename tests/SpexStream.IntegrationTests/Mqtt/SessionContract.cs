using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Mqtt;

/// <summary>What the broker keeps for a session, and what happens when it ends.</summary>
public abstract class SessionContract : MqttContract
{
    [RequiresMosquittoFact]
    public async Task Messages_sent_meanwhile_wait_for_a_session_that_is_kept()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        await using (await SubscribedAsync(Options(broker.Port, "keeper"), "a"))
        {
        }

        await using var sender = await ConnectAsync(Options(broker.Port));
        await sender.PublishAsync(Text("a", "meanwhile"), Limit);
        await using var back = await ConnectAsync(Options(broker.Port, "keeper"));

        Assert.True(back.State.SessionPresent);
        Assert.Equal(["meanwhile"], await TakeTextsAsync(back, 1));
    }

    [RequiresMosquittoFact]
    public async Task A_clean_start_and_an_expiry_of_zero_each_forget_the_session()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        await using (await SubscribedAsync(Options(broker.Port, "keeper"), "a"))
        {
        }

        await using (var fresh = await ConnectAsync(Options(broker.Port, "keeper") with { CleanStart = true }))
        {
            Assert.False(fresh.State.SessionPresent);
        }

        await using (await ConnectAsync(Options(broker.Port, "keeper") with { SessionExpiry = TimeSpan.Zero }))
        {
        }

        await using var last = await ConnectAsync(Options(broker.Port, "keeper"));
        Assert.False(last.State.SessionPresent);
    }

    [RequiresMosquittoFact]
    public async Task A_will_is_sent_after_its_delay_with_all_that_belongs_to_it()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        await using var watcher = await SubscribedAsync(Options(broker.Port), "state/#");
        await using var relay = new TcpRelay(broker.Port);
        var will = Text("state/node", "offline") with
        {
            Retain = true,
            ContentType = "text/plain",
            Expiry = TimeSpan.FromMinutes(5),
            UserProperties = [new("id", "1")],
        };
        var options = Options(relay.Port) with { Will = new(will) { Delay = TimeSpan.FromSeconds(1) } };
        await using var node = await ConnectAsync(options);

        var watch = Stopwatch.StartNew();
        await relay.CutAsync();
        using var delivery = await watcher.Deliveries.ReadAsync(Limit);

        Assert.InRange(watch.Elapsed.TotalSeconds, 0.5, 10);
        Assert.Equal("offline", Encoding.UTF8.GetString(delivery.Message.Payload.Span));
        Assert.Equal(("text/plain", "1"), (delivery.Message.ContentType, delivery.Message.UserProperty("id")));
        Assert.InRange(delivery.Message.Expiry!.Value, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
        await using var late = await SubscribedAsync(Options(broker.Port), "state/#");
        Assert.Equal(["offline"], await TakeTextsAsync(late, 1));
    }

    [RequiresMosquittoFact]
    public async Task Disposing_says_goodbye_so_that_no_will_is_sent()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        await using var watcher = await SubscribedAsync(Options(broker.Port), "state");
        var options = Options(broker.Port) with { Will = new(Text("state", "offline")) };
        await using (var node = await ConnectAsync(options))
        {
            await node.PublishAsync(Text("state", "leaving"), Limit);
        }

        await watcher.PublishAsync(Text("state", "marker"), Limit);
        Assert.Equal(["leaving", "marker"], await TakeTextsAsync(watcher, 2));
    }

    [RequiresMosquittoFact]
    public async Task Each_message_reaches_exactly_one_member_of_a_share_group()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        var taken = new ConcurrentQueue<(int Member, string Text)>();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var members = new List<IMqttConnection>();
        for (var i = 0; i < 3; i++)
        {
            members.Add(await SubscribedAsync(Options(broker.Port), "$share/workers/in/#"));
        }

        var working = members.Select((member, index) => WorkAsync(member, index)).ToArray();
        await using (var sender = await ConnectAsync(Options(broker.Port)))
        {
            await Task.WhenAll(Enumerable.Range(0, 300).Select(i => sender.PublishAsync(Text("in/x", $"{i}"), Limit)));
        }

        await all.Task.WaitAsync(Limit);
        foreach (var member in members)
        {
            await member.DisposeAsync();
        }

        await Task.WhenAll(working);
        Assert.Equal(300, taken.Count);
        Assert.Equal(300, taken.DistinctBy(one => one.Text).Count());
        Assert.Equal([0, 1, 2], taken.Select(one => one.Member).Distinct().Order());

        async Task WorkAsync(IMqttConnection member, int index)
        {
            await foreach (var delivery in member.Deliveries.ReadAllAsync(Limit))
            {
                using (delivery)
                {
                    taken.Enqueue((index, Encoding.UTF8.GetString(delivery.Message.Payload.Span)));
                    await delivery.AcknowledgeAsync();
                }

                if (taken.Count == 300)
                {
                    all.TrySetResult();
                }
            }
        }
    }
}
