using SpexStream.Domain.Devices;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Models;
using SpexStream.Pipeline.Work;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Devices;

public sealed class LaneSetTests
{
    private const int BatchSize = 4;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private readonly ManualClock _clock = new(new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly RuleModel _model = new();

    [Fact]
    public void Two_readers_that_each_have_a_batch_lose_none_of_their_tiles()
    {
        var lanes = Open();
        var (first, second) = (Claim(lanes), Claim(lanes));
        Assert.Empty(lanes.PutBack(first, new Tile(), BatchSize));
        Assert.Empty(lanes.PutBack(second, new Tile(), BatchSize));

        _clock.Advance(LongestWait);
        var computed = new List<BatchInHand>();
        while (lanes.TryNext(BatchSize, out var step, out _))
        {
            computed.Add(Assert.IsType<LaneStep.Infer>(step).Batch);
        }

        Assert.Equal([first, second], computed);
        computed.ForEach(lanes.Free);
        Assert.Equal(0, lanes.InHand);
        Assert.All(lanes.All, lane => Assert.True(lane.IsIdle));
    }

    [Fact]
    public void A_session_whose_second_batch_finds_no_memory_is_closed_again()
    {
        var batches = 0;
        _model.OnNewBatch = () =>
        {
            if (++batches == 2)
            {
                throw new DeviceFaultException(DeviceName.Cpu, DeviceFaultKind.OutOfMemory, "no room for a batch");
            }
        };

        Assert.Throws<DeviceFaultException>(() => Open());

        Assert.Equal(0, _model.OpenSessions);
    }

    [Fact]
    public void The_fullest_of_two_batches_goes_on_first()
    {
        var lanes = Open();
        var (first, second) = (Claim(lanes), Claim(lanes));
        lanes.PutBack(first, new Tile(), BatchSize);
        second.Tiles.Add(new Tile());
        lanes.PutBack(second, new Tile(), BatchSize);
        Assert.Same(second, Claim(lanes));
        Assert.Same(first, Claim(lanes));
    }

    [Fact]
    public async Task A_retired_model_is_closed_after_its_last_batch_and_never_opened_again()
    {
        var lanes = Open();
        var claimed = Claim(lanes);
        var closed = lanes.Retire(_model);
        Assert.False(lanes.TryClaim(_model, out _));
        Assert.Throws<InvalidOperationException>(() => lanes.Want(_model));
        Assert.False(lanes.TryNext(BatchSize, out _, out _));
        Assert.Empty(lanes.PutBack(claimed, new Tile(), BatchSize));

        _clock.Advance(LongestWait);
        Assert.True(lanes.TryNext(BatchSize, out var infer, out _));
        lanes.Free(Assert.IsType<LaneStep.Infer>(infer).Batch);
        Assert.True(lanes.TryNext(BatchSize, out var close, out _));
        Assert.False(closed.IsCompleted);
        Assert.IsType<LaneStep.Close>(close).Lane.Dispose();
        await closed;
        Assert.Equal(0, _model.OpenSessions);
    }

    [Fact]
    public void A_device_that_breaks_gives_back_the_batches_of_both_readers()
    {
        var lanes = Open();
        BatchInHand[] batches = [Claim(lanes), Claim(lanes)];
        Assert.All(batches, batch => lanes.PutBack(batch, new Tile(), BatchSize));
        var stranded = lanes.Abandon(
            new DeviceFaultException(DeviceName.Parse("cpu:0"), DeviceFaultKind.Failed, "broken"));
        Assert.Equal(batches, stranded);
    }

    private LaneSet Open()
    {
        var lanes = new LaneSet(LongestWait, _clock);
        var limits = new ModelLimits { BatchSize = BatchSize };
        Assert.True(lanes.TryAdd(new ModelLane(_model, limits.Session(DeviceName.Parse("cpu:0"), 64))));
        return lanes;
    }

    private BatchInHand Claim(LaneSet lanes)
    {
        Assert.True(lanes.TryClaim(_model, out var batch));
        return batch;
    }

    private sealed class Tile : IModelTile
    {
        public FlightMark? Mark => null;

        public void Answer(IModelBatch batch, int slot, WorkerScratch scratch) => throw new NotSupportedException();

        public void Fail(Exception fault) => throw new NotSupportedException();

        public void GiveBack(DeviceFaultException fault) => throw new NotSupportedException();
    }
}
