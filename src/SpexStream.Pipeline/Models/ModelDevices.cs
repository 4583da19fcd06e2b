using System.Collections.Immutable;
using SpexStream.Domain.Devices;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Pipeline.Models;

/// <summary>The devices that compute models. Safe for use from several threads.</summary>
public sealed class ModelDevices : IDisposable
{
    private readonly ImmutableArray<(DeviceName Name, ModelDevice Device)> _devices;
    private readonly Lock _lock = new();
    private readonly Dictionary<DeviceName, bool> _out = [];
    private volatile bool _allAreOut;

    internal ModelDevices(ImmutableArray<DeviceName> devices, Func<DeviceName, ModelDeviceTools> tools) => _devices =
    [
        .. devices.Select(name => (name, new ModelDevice(name, tools(name) with
        {
            DeviceCount = devices.Length,
            AllAreOut = () => _allAreOut,
            OnHealth = health => Note(name, health.IsOut),
        }))),
    ];

    /// <summary>Every device with whether it gets work, and the bytes that its sessions hold.</summary>
    public IEnumerable<(DeviceName Device, DeviceHealth Health, long MemoryBytes)> States =>
        _devices.Select(entry => (entry.Name, entry.Device.Health, entry.Device.MemoryBytes));

    /// <summary>Opens a model on every device, beside those that are open already, and waits until all are
    /// warm.</summary>
    /// <exception cref="DeviceFaultException">A device cannot; the model stays open on none.</exception>
    /// <exception cref="ModelRefusedException">Its files contradict each other.</exception>
    public async Task PrepareAsync(ITileModel model)
    {
        // Seconds each, on threads of their own: a pool thread is not to be held that long.
        var openings = _devices.Select(entry => Task.Factory.StartNew(
            () => entry.Device.Prepare(model), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        try
        {
            await Task.WhenAll(openings);
        }
        catch
        {
            // One device without it is enough to refuse it; those that have it open shall not keep it.
            await RetireAsync(model);
            throw;
        }
    }

    /// <summary>Closes a model on every device once the last batch is through, for good. No scene may use it any
    /// more. Ends when its sessions are disposed of.</summary>
    public Task RetireAsync(ITileModel model) =>
        Task.WhenAll(_devices.Select(entry => entry.Device.RetireAsync(model)));

    /// <summary>Ends the devices' threads after the batches at hand and lets waiting readers go.</summary>
    public void Stop()
    {
        foreach (var (_, device) in _devices)
        {
            device.Stop();
        }
    }

    /// <summary>Frees sessions and batches; when no reader is at work any more.</summary>
    public void Dispose()
    {
        foreach (var (_, device) in _devices)
        {
            device.Dispose();
        }
    }

    private void Note(DeviceName name, bool isOut)
    {
        // Devices tell this on their own threads: the last to say so must have seen what the others said.
        lock (_lock)
        {
            _out[name] = isOut;
            var allAreOut = _out.Count == _devices.Length && _out.Values.All(value => value);
            if (allAreOut == _allAreOut)
            {
                return;
            }

            _allAreOut = allAreOut;
        }

        foreach (var (_, device) in _devices)
        {
            device.Wake();
        }
    }

    internal ModelDevice Of(DeviceName name) => _devices.First(entry => entry.Name == name).Device;
}
