using SpexStream.Domain.Identity;
using SpexStream.Pipeline.Sharing;
using Xunit;

namespace SpexStream.Tests.Sharing;

/// <summary>What nodes of several versions say to each other about a tile.</summary>
public sealed class TileOrderTests
{
    // Never changes: an older node may have written it.
    private const string Golden =
        "010104036D2D310208FFFFFF7F020000000308030000000500000004108877665544332211"
        + "FFEEDDCCBBAA9988" + "05020107";

    private static readonly TileOrder Order = new()
    {
        Scene = SceneId.Parse("m-1"),
        Stage = new(int.MaxValue, 2),
        Tile = new(3, 5),
        Number = new UInt128(0x1122334455667788, 0x8899AABBCCDDEEFF),
        Surveys = [1, 7],
    };

    [Fact]
    public void An_order_is_written_as_it_ever_was() => Assert.Equal(Golden, Convert.ToHexString(Order.Write()));

    [Fact]
    public void An_order_is_read_as_it_was_written_and_fields_of_newer_programs_are_passed_over()
    {
        Same(Order, TileOrder.Read(Convert.FromHexString(Golden)));
        Same(Order, TileOrder.Read(Convert.FromHexString(Golden + "2A03AABBCC")));
        Same(Order with { Surveys = [], SurveysFile = "a.surveys" },
            TileOrder.Read((Order with { SurveysFile = "a.surveys" }).Write()));
    }

    [Fact]
    public void An_order_of_a_newer_version_is_refused_for_all_of_its_kind()
    {
        var refused = Assert.Throws<TileRefusedException>(
            () => TileOrder.Read(Convert.FromHexString("02" + Golden[2..])));
        Assert.True(refused.IsOfAllOrders);
        Assert.Equal(
            "the order has version 2, and this program knows version 1: update this node", refused.Message);
    }

    [Fact]
    public void An_order_that_is_cut_off_or_changed_is_refused_and_breaks_nothing()
    {
        const int Seed = 26;
        var (whole, random) = (Convert.FromHexString(Golden), new Random(Seed));
        // Without its last field, the surveys, it is another order.
        foreach (var length in Enumerable.Range(0, whole.Length).Where(length => length != whole.Length - 4))
        {
            Assert.Throws<TileRefusedException>(() => TileOrder.Read(whole.AsMemory(0, length)));
        }

        for (var i = 0; i < 5000; i++)
        {
            var changed = (byte[])whole.Clone();
            changed[random.Next(1, changed.Length)] = (byte)random.Next(256);
            try
            {
                TileOrder.Read(changed);
            }
            catch (TileRefusedException)
            {
                // The only way to say no.
            }
        }
    }

    [Fact]
    public void Replies_are_read_as_they_were_written_and_what_cannot_be_read_is_a_refusal()
    {
        var answer = Assert.IsType<TileReply.Answer>(TileReply.Read(new TileReply.Answer([1, 2, 3], true).Write()));
        Assert.Equal([1, 2, 3], answer.Record);
        Assert.True(answer.NeededNoModel);
        Assert.Equal(
            new TileReply.InFile("a.tile", false), TileReply.Read(new TileReply.InFile("a.tile", false).Write()));
        Assert.Equal(new TileReply.Refusal("no"), TileReply.Read(new TileReply.Refusal("no").Write()));
        foreach (var bytes in new byte[][] { [], [1], [9, 1], [1, 9], [1, 2], [1, 3, 200] })
        {
            Assert.IsType<TileReply.Refusal>(TileReply.Read(bytes));
        }
    }

    private static void Same(TileOrder expected, TileOrder order)
    {
        Assert.Equal(expected.Surveys.ToArray(), order.Surveys.ToArray());
        Assert.Equal(expected with { Surveys = [] }, order with { Surveys = [] });
    }
}
