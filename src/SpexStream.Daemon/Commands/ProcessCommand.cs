using System.CommandLine;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Composition;
using SpexStream.Daemon.Console;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Telemetry;
using SpexStream.Pipeline;
using SpexStream.Pipeline.Models;
using SpexStream.Raster;

namespace SpexStream.Daemon.Commands;

/// <summary>process: one file through the whole pipeline, without a broker.</summary>
internal sealed class ProcessCommand
{
    private readonly RasterInput _input = new();
    private readonly CheckedOption<string?> _out = Texts.Folder("--out", "Folder for the products", null);
    private readonly CheckedOption<string?> _classes = CommonOptions.Classes();
    private readonly CheckedOption<string?> _products = CommonOptions.Products();
    private readonly CheckedOption<int> _tile = CommonOptions.Tile();
    private readonly CheckedOption<int?> _threads =
        Numbers.Optional("--threads", "Worker threads", 1, 1024, "as many as processors");
    private readonly CheckedOption<string?> _backend = CommonOptions.Backend();
    private readonly CheckedOption<string?> _devices =
        CommonOptions.Devices("processor devices, as many as --threads");
    private readonly CheckedOption<string?> _deviceFallback = CommonOptions.DeviceFallback();
    private readonly CheckedOption<string?> _instruction = CommonOptions.Instruction();
    private readonly Option<bool> _json = new("--json") { Description = "Print the result as one JSON object." };

    public Command Build()
    {
        var command = new Command(
            "process",
            "Process one raster without a broker.\n"
            + "Example: spexstream process scene.tif --bands blue,green,red,nir --scale 0.0001 --radiometry sr --out products");
        _input.AddTo(command);
        foreach (
            Option option in new Option[]
            {
                _out, _classes, _products, _tile, _threads, _backend, _devices, _deviceFallback, _instruction, _json,
            })
        {
            command.Options.Add(option);
        }

        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (_backend.Of(parsed) is null or BackendName.Spectral
            && parsed.GetValue(_devices)?.Contains("cuda:", StringComparison.Ordinal) == true)
        {
            throw new CommandException(
                $"--devices is '{parsed.GetValue(_devices)}': expected cpu:N only, for the spectral backend works on the "
                + "processor", CommandException.Misused);
        }

        if (!RunSettingsRules.IsAmong(parsed.GetValue(_classes), parsed.GetValue(_instruction)))
        {
            throw new CommandException(
                $"--instruction is '{parsed.GetValue(_instruction)}': expected a sentence that asks for one of --classes",
                CommandException.Misused);
        }

        var store = new GdalRasterStore(new RasterOptions());
        var path = parsed.GetValue(_input.Raster)!;
        var info = store.Describe(path);
        var delivery = _input.Place(parsed, info);
        var output = parsed.GetValue(_out)!;
        using var place = OutputFolder.Claim("--out", output, delivery.Scene.Id, path);
        var report = new ProcessReport(parsed.GetValue(_json), TimeProvider.System);
        // Of this process alone: others may be at work on other scenes.
        var work = Path.Combine(output, $".work-{Guid.NewGuid():N}");
        try
        {
            await ProcessAsync(parsed, delivery, new Places(output, work), store, report, cancellation);
        }
        finally
        {
            // Not there when the model was refused: its reason is what is told.
            if (Directory.Exists(work))
            {
                Directory.Delete(work, recursive: true);
            }
        }

        return report.Print();
    }

    private async Task ProcessAsync(
        ParseResult parsed, StripDelivery delivery, Places places, GdalRasterStore store, ProcessReport report,
        CancellationToken cancellation)
    {
        var threads = parsed.GetValue(_threads) ?? Environment.ProcessorCount;
        var processing = CommonOptions.Processing(
            parsed.GetValue(_classes), parsed.GetValue(_products), _tile.Of(parsed));
        var options = new LocalRuntimeOptions
        {
            // Nobody listens to observations of single regions here.
            Processing = processing with { AssemblyThreads = threads, ObservedRegions = 0 },
            Devices = parsed.GetValue(_devices) is { } devices
                ? DeviceList.Parse(devices) : [.. Enumerable.Range(0, threads).Select(i => $"cpu:{i}")],
            OutputRoot = places.Output,
            WorkRoot = places.Work,
        };
        var limits = new ModelLimits { FallsBackToCpu = parsed.GetValue(_deviceFallback) == "cpu" };
        using var model = LoadedModel.Open(
            _backend.Of(parsed) ?? BackendName.Spectral, options.Devices, limits, options.Processing,
            TimeProvider.System,
            _instruction.Of(parsed));
        using var meter = new SpexMeter();
        using var deviceMeter = model is null ? null : new DeviceMeter();
        var ports = RuntimeFactory.Ports(
            options, store, Identity.Of(RuntimeFactory.NoStation, store.LibraryVersion, model: model), report, meter,
            TimeProvider.System);
        await using var runtime = new LocalRuntime(
            options with { Models = model is null ? null : limits },
            model is null ? ports : ports with { Backends = model, Devices = deviceMeter });
        if (model is not null)
        {
            await runtime.Works.Models!.PrepareAsync(model.Model);
            foreach (var session in model.Sessions.Where(session => session.FallbackReason is not null))
            {
                Terminal.Error.WriteLine(
                    $"spexstream: the processor does the work of {session.Device}: {session.FallbackReason}");
            }
        }

        var outcome = await runtime.DeliverAsync(delivery, cancellation);
        if (outcome is DeliveryOutcome.Refused refused)
        {
            throw _input.Refused(parsed, delivery.Info, refused.Rejection);
        }

        await report.Finished.WaitAsync(cancellation);
    }

    private sealed record Places(string Output, string Work);
}
