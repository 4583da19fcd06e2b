using System.Text;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.IntegrationTests.Support;
using SpexStream.Journal.Postgres;
using SpexStream.Tests.Journal;
using Xunit;

namespace SpexStream.IntegrationTests.Journal.Postgres;

public sealed class TileBoardTests(PostgresServer server) : PostgresTestBase(server)
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [RequiresPostgresFact]
    public async Task Every_tile_is_worked_once_by_whichever_node_comes_first_and_the_owner_collects_all()
    {
        var nodes = Enumerable.Range(0, 3).Select(i => Open($"node-{i}")).ToArray();
        var owner = await WriterAsync(nodes[0]);
        var waiting = nodes[2].Tiles.WaitForWorkAsync(CancellationToken.None);
        await nodes[0].Tiles.OfferAsync(Scene, owner.Epoch, [.. Enumerable.Range(0, 200).Select(Offer)]);
        await waiting.WaitAsync(Soon);
        var worked = await Task.WhenAll(nodes.Select(WorkAllAsync));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"n{i:D3}"), worked.SelectMany(numbers => numbers).Order());

        await nodes[0].Tiles.WaitForAnswersAsync(Scene, owner.Epoch, CancellationToken.None).AsTask().WaitAsync(Soon);
        var results = await nodes[0].Tiles.CollectAsync(Scene, owner.Epoch, 1000);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"n{i:D3} was {i}"),
            results.Select(result => $"{result.Number} {Encoding.UTF8.GetString(result.Result.Span)}"));
        await nodes[0].Tiles.WithdrawAsync(Scene, owner.Epoch, [.. results.Select(result => result.Number)]);
        Assert.Empty(await nodes[0].Tiles.CollectAsync(Scene, owner.Epoch, 1000));
    }

    [RequiresPostgresFact]
    public async Task A_claim_that_expired_is_worked_by_another_and_its_late_answer_refused()
    {
        var (a, b) = (Open("a"), Open("b"));
        var owner = await WriterAsync(a);
        await a.Tiles.OfferAsync(Scene, owner.Epoch, [Offer(1)]);
        var first = Assert.Single(await a.Tiles.ClaimAsync(5, Long, []));
        Assert.Empty(await b.Tiles.ClaimAsync(5, Long, []));
        Assert.Equal([first.Ticket], await a.Tiles.RenewAsync([first], Long));
        await SqlAsync("UPDATE tiles SET claimed_until = clock_timestamp()");
        Assert.Empty(await a.Tiles.RenewAsync([first], Long));
        var second = Assert.Single(await b.Tiles.ClaimAsync(5, Long, []));
        Assert.Equal((1, 2), (first.Attempt, second.Attempt));
        Assert.False(await a.Tiles.AnswerAsync(first, "late"u8.ToArray()));
        Assert.True(await b.Tiles.AnswerAsync(second, "good"u8.ToArray()));
        Assert.Equal("b", Assert.Single(await a.Tiles.CollectAsync(Scene, owner.Epoch, 10)).Node);
    }

    [RequiresPostgresFact]
    public async Task Work_of_an_owner_that_was_replaced_is_neither_given_out_nor_taken_until_the_new_one_offers_it()
    {
        var (a, b) = (Open("a"), Open("b"));
        var owner = await WriterAsync(a);
        await a.Tiles.OfferAsync(Scene, owner.Epoch, [Offer(1), Offer(2), Offer(3)]);
        var claims = await b.Tiles.ClaimAsync(2, Long, []);
        Assert.True(await b.Tiles.AnswerAsync(claims[0], "one"u8.ToArray()));
        var next = await WriterAsync(b);
        Assert.Empty(await a.Tiles.ClaimAsync(5, Long, []));
        Assert.False(await b.Tiles.AnswerAsync(claims[1], "two"u8.ToArray()));
        Assert.Equal(next.Epoch, (await Assert.ThrowsAsync<StaleEpochException>(async () =>
            await a.Tiles.OfferAsync(Scene, owner.Epoch, [Offer(4)]))).Current);
        await Assert.ThrowsAsync<StaleEpochException>(async () =>
            await a.Tiles.WithdrawAsync(Scene, owner.Epoch, ["n001"]));

        // What rests on the same has the same answer: it is not worked twice.
        await b.Tiles.OfferAsync(Scene, next.Epoch, [Offer(1), Offer(2), Offer(3)]);
        Assert.Equal("n001", Assert.Single(await b.Tiles.CollectAsync(Scene, next.Epoch, 10)).Number);
        Assert.Equal(["n003"], (await a.Tiles.ClaimAsync(5, Long, [])).Select(claim => claim.Offer.Number));
    }

    [RequiresPostgresFact]
    public async Task Work_of_a_scene_that_is_closed_is_given_out_no_more_and_all_of_it_goes_at_once()
    {
        var (a, b) = (Open("a"), Open("b"));
        await a.Tiles.OfferAsync(Scene, (await WriterAsync(a)).Epoch, [Offer(1)]);
        var owner = await WriterAsync(b);
        await b.Tiles.OfferAsync(Scene, owner.Epoch, [Offer(2)]);
        await owner.AppendAsync(new(Noon, new SceneFact.SceneFailed("failed", "broken", [])));
        Assert.Empty(await a.Tiles.ClaimAsync(5, Long, []));
        await b.Tiles.ClearAsync(Scene, owner.Epoch);
        Assert.Equal(0L, await SqlAsync("SELECT count(*) FROM tiles"));
    }

    [RequiresPostgresFact]
    public async Task Work_that_kills_its_workers_is_given_up_and_told()
    {
        var a = Open("a");
        var owner = await WriterAsync(a);
        await a.Tiles.OfferAsync(Scene, owner.Epoch, [Offer(1)]);
        for (var i = 0; i < TileOffer.MaxAttempts; i++)
        {
            Assert.Single(await a.Tiles.ClaimAsync(5, Long, []));
            Assert.Empty(await a.Tiles.CollectAsync(Scene, owner.Epoch, 10));
            await SqlAsync("UPDATE tiles SET claimed_until = clock_timestamp()");
        }

        Assert.Empty(await a.Tiles.ClaimAsync(5, Long, []));
        Assert.True(Assert.Single(await a.Tiles.CollectAsync(Scene, owner.Epoch, 10)).IsGivenUp);
    }

    [RequiresPostgresFact]
    public async Task What_a_node_gives_back_counts_as_no_attempt_and_urgent_scenes_come_first()
    {
        var a = Open("a");
        var calm = await WriterAsync(a, "calm", null);
        var urgent = await WriterAsync(a, "urgent", Noon);
        await a.Tiles.OfferAsync(calm.Scene, calm.Epoch, [Offer(1)]);
        await a.Tiles.OfferAsync(urgent.Scene, urgent.Epoch, [Offer(2)]);
        var claim = Assert.Single(await a.Tiles.ClaimAsync(1, Long, []));
        Assert.Equal(urgent.Scene, claim.Scene);
        await a.Tiles.ReturnAsync([claim]);
        Assert.Equal((urgent.Scene, 1),
            Assert.Single(await a.Tiles.ClaimAsync(1, Long, [])) is var again ? (again.Scene, again.Attempt) : default);
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await a.Tiles.AnswerAsync(claim, new byte[TileOffer.MaxBytes + 1]));
    }

    [RequiresPostgresFact]
    public async Task An_owner_has_back_what_nobody_has_begun_and_others_have_it_again_after_the_term()
    {
        var (a, b) = (Open("a"), Open("b"));
        var owner = await WriterAsync(a);
        await a.Tiles.OfferAsync(Scene, owner.Epoch, [.. Enumerable.Range(1, 4).Select(Offer)]);
        var begun = Assert.Single(await b.Tiles.ClaimAsync(1, Long, []));
        Assert.Empty(await a.Tiles.ReclaimAsync([new(Scene, owner.Epoch + 1, 5)], 5, Long));
        Assert.Equal([(Scene, "n003"), (Scene, "n004")],
            (await a.Tiles.ReclaimAsync([new(Scene, owner.Epoch, 2)], 5, Long)).OrderBy(work => work.Number));
        Assert.Equal((Scene, "n002"), Assert.Single(await a.Tiles.ReclaimAsync([new(Scene, owner.Epoch, 5)], 5, Long)));
        Assert.Empty(await a.Tiles.ReclaimAsync([new(Scene, owner.Epoch, 5)], 5, Long));
        Assert.Empty(await b.Tiles.ClaimAsync(5, Long, []));
        Assert.True(await b.Tiles.AnswerAsync(begun, Encoding.UTF8.GetBytes("n001")));

        // What the owner was told got lost: nothing else does.
        await SqlAsync("UPDATE tiles SET claimed_until = clock_timestamp() WHERE number <> 'n003'");
        await a.Tiles.WithdrawAsync(Scene, owner.Epoch, ["n004"]);
        var again = Assert.Single(await b.Tiles.ClaimAsync(5, Long, []));
        Assert.Equal(("n002", 1), (again.Offer.Number, again.Attempt));
    }

    [RequiresPostgresFact]
    public async Task An_owner_has_back_of_its_most_urgent_scene_first_and_of_none_more_than_it_has_room_for()
    {
        var a = Open("a");
        var calm = await WriterAsync(a, "calm", null);
        var urgent = await WriterAsync(a, "urgent", Noon);
        var lost = await WriterAsync(a, "lost", Noon.AddHours(-1));
        foreach (var own in new[] { calm, urgent, lost })
        {
            await a.Tiles.OfferAsync(own.Scene, own.Epoch, [.. Enumerable.Range(1, 4).Select(Offer)]);
        }

        await WriterAsync(Open("b"), "lost");
        SceneRoom[] rooms =
            [new(calm.Scene, calm.Epoch, 3), new(urgent.Scene, urgent.Epoch, 3), new(lost.Scene, lost.Epoch, 3)];
        Assert.Equal(
            [(calm.Scene, "n004"), (urgent.Scene, "n002"), (urgent.Scene, "n003"), (urgent.Scene, "n004")],
            (await a.Tiles.ReclaimAsync([.. rooms], 4, Long))
                .OrderBy(work => work.Scene.Value).ThenBy(work => work.Number));
        // What was within a scene's room and beyond the whole number is free as before.
        Assert.Equal(
            [(calm.Scene, "n002"), (calm.Scene, "n003"), (urgent.Scene, "n001")],
            (await a.Tiles.ReclaimAsync([rooms[0] with { Tiles = 2 }, rooms[1]], 9, Long))
                .OrderBy(work => work.Scene.Value).ThenBy(work => work.Number));
    }

    [RequiresPostgresFact]
    public async Task Nobody_claims_of_the_scenes_that_it_leaves_out()
    {
        var a = Open("a");
        var (own, other) = (await WriterAsync(a, "own", Noon), await WriterAsync(a, "other", null));
        await a.Tiles.OfferAsync(own.Scene, own.Epoch, [Offer(1)]);
        await a.Tiles.OfferAsync(other.Scene, other.Epoch, [Offer(2)]);
        Assert.Equal(other.Scene, Assert.Single(await a.Tiles.ClaimAsync(5, Long, [own.Scene])).Scene);
        Assert.Equal(own.Scene, Assert.Single(await a.Tiles.ClaimAsync(5, Long, [])).Scene);
    }

    private static TileOffer Offer(int index) => new($"n{index:D3}", Encoding.UTF8.GetBytes($"{index}"));

    private static async Task<ISceneWriter> WriterAsync(
        PostgresJournal journal, string scene = "scene-1", DateTimeOffset? deadline = null)
    {
        var writer = await journal.OpenWriterAsync(SceneId.Parse(scene));
        await writer.AppendAsync(new(Noon, SampleFacts.Opened(deadline)));
        return writer;
    }

    private static async Task<List<string>> WorkAllAsync(PostgresJournal node)
    {
        var worked = new List<string>();
        while (await node.Tiles.ClaimAsync(7, Long, []) is { IsEmpty: false } claims)
        {
            foreach (var claim in claims)
            {
                var result = "was " + Encoding.UTF8.GetString(claim.Offer.Order.Span);
                Assert.True(await node.Tiles.AnswerAsync(claim, Encoding.UTF8.GetBytes(result)));
                worked.Add(claim.Offer.Number);
            }
        }

        return worked;
    }
}
