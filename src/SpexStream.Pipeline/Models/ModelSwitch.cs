using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Models;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Models;

/// <summary>
/// Gives every scene the version of the model that serves when it begins, and takes a new version up beside the old one
/// while scenes go on. <see cref="ModelSuccession"/> decides; here it is done. Safe for use from several threads; one
/// look at a time.
/// </summary>
/// <param name="first">The version that serves; disposed of when it is taken down, else left to the process.</param>
/// <param name="stamp">How its pack looked before it was read.</param>
/// <param name="tools">What it works with.</param>
public sealed class ModelSwitch(ISceneModel first, string stamp, ModelSwitchTools tools) : IBackendFactory
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, ISceneModel> _models = new() { [1] = first };
    private ModelSuccession _state = ModelSuccession.Begin(stamp);
    private ModelDevices? _devices;
    private volatile string? _trouble;
    private Task _closing = Task.CompletedTask;

    /// <summary>The version that new scenes get.</summary>
    public ISceneModel Serving
    {
        get
        {
            lock (_lock)
            {
                return _models[_state.Serving];
            }
        }
    }

    /// <summary>Versions that are open.</summary>
    public int OpenCount
    {
        get
        {
            lock (_lock)
            {
                return _state.Open.Count;
            }
        }
    }

    /// <summary>Why the version that the pack holds now is not the one that serves; null where it is, or was not tried
    /// yet.</summary>
    public string? Trouble => _trouble;

    /// <summary>Ends when every version that nobody uses any more is gone.</summary>
    public Task Closing
    {
        get
        {
            lock (_lock)
            {
                return _closing;
            }
        }
    }

    /// <summary>Opens the first version on the devices. Before any look.</summary>
    public async Task PrepareAsync(ModelDevices devices)
    {
        _devices = devices;
        await devices.PrepareAsync(first.Model);
        first.CheckFiles();
    }

    /// <inheritdoc/>
    public ITileBackend Create(SceneImagery imagery) => Serving.Create(imagery);

    /// <inheritdoc/>
    public BackendLease Lease(SceneSpec scene)
    {
        var (generation, model) = Take();
        try
        {
            return new(model.Create(scene), model.Facts, () => Follow(state => state.Return(generation)));
        }
        catch
        {
            // The scene cannot be worked on; it has taken nothing.
            Follow(state => state.Return(generation));
            throw;
        }
    }

    /// <summary>Looks at the pack again and again, until cancelled.</summary>
    /// <param name="every">Time between two looks.</param>
    /// <param name="cancellation">Ends it; what is being loaded then is left to the process.</param>
    public async Task RunAsync(TimeSpan every, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(every, tools.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                await LookAsync();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The daemon stops; the version that serves is the last one.
        }
    }

    /// <summary>Looks at the pack once, and takes up what it holds if that is to be done. Ends when a new version serves
    /// or was refused.</summary>
    public async Task LookAsync()
    {
        var now = tools.Stamp();
        var (before, effect, after) = Follow(state => state.Look(now));
        if (effect is SuccessionEffect.Load load)
        {
            await LoadAsync(load.Generation);
        }
        else if (after.Serving != before.Serving)
        {
            // Back to a version that is still open.
            Tell();
        }
        else if (after.IsWaiting && !before.IsWaiting)
        {
            tools.OnWaiting();
        }

        _trouble = after.RefusedStamp is null && effect is null ? null : _trouble;
    }

    private async Task LoadAsync(int generation)
    {
        ISceneModel? model = null;
        try
        {
            // Seconds, and not of a pool thread.
            model = await Task.Factory.StartNew(
                tools.Load, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await _devices!.PrepareAsync(model.Model);
            model.CheckFiles();
        }
        catch (Exception fault)
        {
            // Whatever is wrong with it, files, runtime or device: it is told, and the version that serves goes on.
            await DropAsync(model);
            Follow(state => state.Refused());
            _trouble = fault.Message;
            tools.OnRefused(fault);
            return;
        }

        lock (_lock)
        {
            _models.Add(generation, model);
        }

        Follow(state => state.Loaded());
        Tell();
    }

    private void Tell()
    {
        _trouble = null;
        tools.OnTakenOver(Serving);
    }

    private (int Generation, ISceneModel Model) Take()
    {
        lock (_lock)
        {
            _state = _state.Lease().Next;
            return (_state.Serving, _models[_state.Serving]);
        }
    }

    private (ModelSuccession Before, SuccessionEffect? Effect, ModelSuccession After) Follow(
        Func<ModelSuccession, SuccessionStep> happen)
    {
        lock (_lock)
        {
            var before = _state;
            (_state, var effect) = happen(before);
            if (effect is SuccessionEffect.Close close)
            {
                _closing = Task.WhenAll(_closing, Task.Run(() => CloseAsync(close.Generation)));
            }

            return (before, effect, _state);
        }
    }

    private async Task CloseAsync(int generation)
    {
        ISceneModel model;
        lock (_lock)
        {
            model = _models[generation];
        }

        await DropAsync(model);
        Follow(state => state.Closed(generation));
        lock (_lock)
        {
            _models.Remove(generation);
        }

        tools.OnClosed(model.Facts);
    }

    private async Task DropAsync(ISceneModel? model)
    {
        if (model is not null)
        {
            await _devices!.RetireAsync(model.Model);
            model.Dispose();
        }
    }
}
