using System.CommandLine;
using SpexStream.Daemon.Composition;
using SpexStream.Daemon.Console;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Telemetry;
using SpexStream.Pipeline;
using SpexStream.Raster;

namespace SpexStream.Daemon.Commands;

/// <summary>process: one file through the whole pipeline, without a broker.</summary>
internal sealed class ProcessCommand
{
    private readonly RasterInput _input = new();
    private readonly Option<DirectoryInfo> _out = new("--out") { Description = "Folder for the products.", Required = true };
    private readonly Option<string?> _classes = CommonOptions.Classes();
    private readonly Option<string?> _products = CommonOptions.Products();
    private readonly Option<int> _tile = CommonOptions.Tile();
    private readonly Option<int> _threads = new("--threads")
    {
        Description = "Worker threads.",
        DefaultValueFactory = _ => Math.Max(1, Environment.ProcessorCount),
        Validators =
        {
            result =>
            {
                if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, out var threads) && threads is >= 1 and <= 1024))
                {
                    result.AddError($"--threads takes 1 to 1024, not '{result.Tokens[0].Value}'.");
                }
            },
        },
    };

    private readonly Option<string> _backend = new Option<string>("--backend")
    {
        Description = "Backend that tells the classes.",
        DefaultValueFactory = _ => "spectral",
    }.AcceptOnlyFromAmong("spectral");

    private readonly Option<bool> _json = new("--json") { Description = "Print the result as one JSON object." };

    public Command Build()
    {
        var command = new Command(
            "process",
            "Process one raster without a broker.\n"
            + "Example: spexstream process scene.tif --bands blue,green,red,nir --scale 0.0001 --radiometry sr --out products");
        _input.AddTo(command);
        foreach (Option option in new Option[] { _out, _classes, _products, _tile, _threads, _backend, _json })
        {
            command.Options.Add(option);
        }

        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var store = new GdalRasterStore(new RasterOptions());
        var path = Path.GetFullPath(parsed.GetValue(_input.Raster)!);
        var info = store.Describe(path);
        var cut = new StripCut(path, 0, 1, 0, info.Height, null, null);
        var strip = _input.Announce(parsed, info, cut, TimeProvider.System.GetUtcNow());
        var (delivery, rejection) = StripPlacement.Place(strip, info, null);
        if (rejection is not null)
        {
            throw new CommandException(rejection.Sentence);
        }

        var output = parsed.GetValue(_out)!.FullName;
        var threads = parsed.GetValue(_threads);
        var options = new LocalRuntimeOptions
        {
            Processing = CommonOptions.Processing(parsed.GetValue(_classes), parsed.GetValue(_products), parsed.GetValue(_tile)) with
            {
                AssemblyThreads = threads,
                // Nobody listens to observations of single regions here.
                ObservedRegions = 0,
            },
            Devices = [.. Enumerable.Range(0, threads).Select(i => $"cpu:{i}")],
            OutputRoot = output,
            WorkRoot = Path.Combine(output, ".work"),
        };
        using var meter = new SpexMeter();
        var report = new ProcessReport(parsed.GetValue(_json), TimeProvider.System);
        await using (var runtime = RuntimeFactory.Create(
            options, store, Identity.Of(RuntimeFactory.NoStation, store.LibraryVersion), report, meter, TimeProvider.System))
        {
            var outcome = await runtime.DeliverAsync(delivery!, cancellation);
            if (outcome is DeliveryOutcome.Refused refused)
            {
                throw new CommandException(refused.Rejection.Sentence);
            }

            await report.Finished.WaitAsync(cancellation);
        }

        if (Directory.Exists(options.WorkRoot) && !Directory.EnumerateFileSystemEntries(options.WorkRoot).Any())
        {
            Directory.Delete(options.WorkRoot);
        }

        return report.Print();
    }
}
