using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Models;
using SpexStream.Tests.Pipeline;
using Xunit;

namespace SpexStream.Tests.Models;

/// <summary>Versions come and go around scenes that end in every way.</summary>
public sealed class ModelSwitchTests(StripFiles files) : IClassFixture<StripFiles>
{
    private static readonly ProcessingOptions Options = new() { TileSize = 256 };
    private readonly RuleSceneModel _first = new("1", Options);
    private readonly List<Exception> _refused = [];
    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RuleSceneModel _second = new("2", Options);
    private string _stamp = "1";

    [Fact]
    public async Task A_scene_that_fails_returns_its_model_whose_sessions_are_closed()
    {
        var events = new RecordedEvents { OnSummary = new InvalidOperationException("told to") };
        var (bench, models) = await StartAsync(events);
        await using var ending = bench;
        await bench.Runtime.DeliverAsync(files.Delivery(MadeImagery.SixBands, 3, 0), CancellationToken.None);
        await OfferAsync(models);
        await bench.Runtime.DeliverAsync(files.Delivery(MadeImagery.SixBands, 3, 1), CancellationToken.None)
            .AsTask().ContinueWith(_ => { }, TaskScheduler.Default);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.Events.ClosedAsync("made"));
        await bench.Runtime.DrainAsync(TimeSpan.FromSeconds(60), CancellationToken.None);
        await models.Closing.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal((0, 2), (_first.Rules.OpenSessions, _second.Rules.OpenSessions));
        Assert.True(_first.IsDisposed);
        Assert.False(_second.IsDisposed);
    }

    [Fact]
    public async Task A_version_that_one_device_cannot_open_is_open_on_none()
    {
        var (bench, models) = await StartAsync();
        await using var ending = bench;
        _second.Rules.OnOpen = device =>
        {
            if (device == DeviceName.Parse("cpu:1"))
            {
                throw new DeviceFaultException(device, DeviceFaultKind.OutOfMemory, "no room for two");
            }
        };
        await OfferAsync(models);
        await models.LookAsync();

        Assert.Equal("cpu:1: no room for two", Assert.Single(_refused).Message);
        Assert.Equal(0, _second.Rules.OpenSessions);
        Assert.True(_second.IsDisposed);
        Assert.Equal(_first, models.Serving);
        await bench.Runtime.DeliverAsync(files.Delivery(MadeImagery.SixBands, 1, 0), CancellationToken.None);
        Assert.Equal(_first.Facts, (await bench.Events.ClosedAsync("made")).Model);
    }

    [Fact]
    public async Task A_scene_that_the_new_version_cannot_use_is_refused_and_holds_nothing()
    {
        _second = new("2", Options) { Unusable = new ArgumentException("lacks the band lwir") };
        var (bench, models) = await StartAsync();
        await using var ending = bench;
        await OfferAsync(models);
        var outcome = await bench.Runtime.DeliverAsync(
            files.Delivery(MadeImagery.SixBands, 1, 0), CancellationToken.None);
        Assert.Contains(
            "lacks the band lwir", Assert.IsType<DeliveryOutcome.Refused>(outcome).Rejection.Sentence,
            StringComparison.Ordinal);

        var refusing = _second;
        _second = new("3", Options);
        _stamp = "3";
        await models.Closing.WaitAsync(TimeSpan.FromSeconds(60));
        await models.LookAsync();
        await models.LookAsync();
        await models.Closing.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(_second, models.Serving);
        Assert.True(refusing.IsDisposed);
    }

    [Fact]
    public async Task It_looks_as_often_as_it_is_told_until_it_is_stopped()
    {
        var (bench, models) = await StartAsync();
        await using var ending = bench;
        using var stop = new CancellationTokenSource();
        var running = models.RunAsync(TimeSpan.FromMilliseconds(1), stop.Token);
        _stamp = "2";
        await _taken.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await stop.CancelAsync();
        await running;
        Assert.Equal(_second, models.Serving);
    }

    private Task OfferAsync(ModelSwitch models)
    {
        _stamp = "2";
        return LookTwiceAsync(models);
    }

    private static async Task LookTwiceAsync(ModelSwitch models)
    {
        await models.LookAsync();
        await models.LookAsync();
    }

    private async Task<(Workbench Bench, ModelSwitch Models)> StartAsync(RecordedEvents? events = null)
    {
        var models = new ModelSwitch(_first, _stamp, new ModelSwitchTools
        {
            Stamp = () => Volatile.Read(ref _stamp),
            Load = () => _second,
            Time = TimeProvider.System,
            OnRefused = _refused.Add,
            OnTakenOver = _ => _taken.TrySetResult(),
        });
        var bench = new Workbench(
            RuntimeKind.Local, Options, events: events, backends: models,
            change: options => options with { Models = new ModelLimits { BatchSize = 2 } });
        await models.PrepareAsync(bench.Models!);
        return (bench, models);
    }
}
