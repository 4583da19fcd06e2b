using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Console;
using SpexStream.Daemon.Files;
using SpexStream.Daemon.Hosting;
using SpexStream.Daemon.Metrics;
using SpexStream.Daemon.Pages;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Reliability;
using SpexStream.Domain.Telemetry;

namespace SpexStream.Daemon.Commands;

/// <summary>run: the daemon.</summary>
internal sealed class RunCommand
{
    /// <summary>How the names of environment variables begin that are settings.</summary>
    public const string EnvironmentPrefix = "SPEX_";

    // Where to die, for tests (docs/reliability.md); no setting.
    private const string FailPointKey = "FAIL_AT";

    // Which device to break, for tests; no setting.
    private const string BreakDeviceKey = "BREAK_DEVICE";

    // Which device to make slower, for tests and measurements; no setting.
    private const string SlowDeviceKey = "SLOW_DEVICE";

    // Name, setting, meaning with its unit, default; null where it must be set in one of the three places.
    private static readonly (string Name, string Key, string Meaning, string? Otherwise)[] Settings =
    [
        ("--broker", nameof(RunSettings.Broker), "Address of the broker, mqtts for TLS", null),
        ("--station", nameof(RunSettings.Station), "Id of the station", null),
        ("--node", nameof(RunSettings.Node), "Id of this node", "the host's name, else node"),
        ("--data", nameof(RunSettings.Data), "Folder of the daemon's own data", null),
        ("--journal", nameof(RunSettings.Journal), "Where the journal lies", "embedded"),
        ("--journal-password-file", nameof(RunSettings.JournalPasswordFile), "File with its database's password",
            "none"),
        ("--share", nameof(RunSettings.Share), "Group of nodes that share the announcements", "none"),
        ("--lease-seconds", nameof(RunSettings.LeaseSeconds), "Seconds after which others take over", "10"),
        ("--share-tiles", nameof(RunSettings.ShareTiles), "Whether nodes help each other with tiles", "true"),
        ("--out", nameof(RunSettings.Out), "Folder of the products", null),
        ("--http", nameof(RunSettings.Http), "Port of metrics and health, 0 takes a free one", "8090"),
        ("--http-address", nameof(RunSettings.HttpAddress), "Address of that port", "127.0.0.1"),
        ("--console", nameof(RunSettings.Console), "Whether that port answers status and console, too", "true"),
        ("--console-token-file", nameof(RunSettings.ConsoleTokenFile), "File with the token that both ask for",
            "none, this machine only"),
        ("--runtime", nameof(RunSettings.Runtime), "What drives scenes and devices", "local"),
        ("--cluster-host", nameof(RunSettings.ClusterHost), "Where other nodes reach this one, with --runtime akka",
            "127.0.0.1"),
        ("--cluster-port", nameof(RunSettings.ClusterPort), "Port of the cluster, 0 takes a free one", "0"),
        ("--cluster-seeds", nameof(RunSettings.ClusterSeeds), "Nodes that a new one asks to be let in, two or more",
            "none, this node is alone"),
        ("--cluster-roles", nameof(RunSettings.ClusterRoles), "What this node does in the cluster", "scenes"),
        ("--devices", nameof(RunSettings.Devices), "Devices, one worker thread each", "cpu:0,cpu:1"),
        ("--backend", nameof(RunSettings.Backend), "Backend that tells the classes", "spectral"),
        ("--instruction", nameof(RunSettings.Instruction), "What a model that takes instructions is asked",
            "its own questions"),
        ("--device-fallback", nameof(RunSettings.DeviceFallback),
            "What works where the software of a graphics card is missing", "none"),
        ("--classes", nameof(RunSettings.Classes), "Classes to extract, comma separated", "all"),
        ("--products", nameof(RunSettings.Products), "Products to write, comma separated", "all"),
        ("--tile", nameof(RunSettings.Tile), "Edge of a tile in pixels", "512"),
        ("--gather-minutes", nameof(RunSettings.GatherMinutes),
            "Minutes to wait for missing strips after the first arrival", "30"),
        ("--max-data-age-hours", nameof(RunSettings.MaxDataAgeHours),
            "Hours after sensing from which a strip is refused, 0 for no limit", "6"),
        ("--user", nameof(RunSettings.User), "User at the broker", "none"),
        ("--password-file", nameof(RunSettings.PasswordFile), "File with the password", "none"),
        ("--ca-file", nameof(RunSettings.CaFile), "PEM file of the trusted authorities", "the system's authorities"),
        ("--certificate-file", nameof(RunSettings.CertificateFile), "PEM file of the client certificate", "none"),
        ("--key-file", nameof(RunSettings.KeyFile), "PEM file of its key", "none"),
        ("--stop-seconds", nameof(RunSettings.StopSeconds), "Seconds to finish in on SIGTERM", "25"),
        ("--commands", nameof(RunSettings.Commands), "Whether commands are taken from the broker", "false"),
        ("--rules", nameof(RunSettings.Rules), "File of alert rules", "none, no alerts"),
        ("--second-opinion", nameof(RunSettings.SecondOpinion),
            "Who gives alerts a second opinion where a model answers", "spectral"),
        ("--alerts-actual", nameof(RunSettings.AlertsActual), "Whether alerts are meant to be acted on", "false"),
        ("--json-log", nameof(RunSettings.JsonLog), "Log lines as JSON", "false"),
    ];

    private readonly Option<string[]> _allow = new("--allow")
    {
        Description =
            "Folder that announced rasters may lie in, may be given several times: a folder that exists. Must be set.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly CheckedOption<string?> _config =
        Texts.Path("--config", "JSON file with the same settings (docs/settings.md)", "none");
    private readonly Dictionary<string, Option<string?>> _options = [];

    public Command Build()
    {
        var command = new Command(
            "run",
            "Run the daemon.\nExample: spexstream run --broker mqtt://localhost:1883 --station no-svalbard "
            + "--data /var/lib/spexstream --out /srv/products --allow /srv/incoming");
        foreach (var (name, key, meaning, otherwise) in Settings)
        {
            command.Options.Add(_options[key] = Setting(name, key, meaning, otherwise));
        }

        command.Options.Add(_allow);
        command.Options.Add(_config);
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>Starts the daemon and works until SIGTERM, SIGINT or cancellation.</summary>
    private static async Task<int> RunAsync(RunSettings settings, CancellationToken cancellation)
    {
        using var metrics = MetricsLibrary.Start();
        using var meter = new SpexMeter();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting(
            "urls", string.Create(CultureInfo.InvariantCulture, $"http://{settings.HttpAddress}:{settings.Http}"));
        builder.Logging.ClearProviders();
        Logging(builder.Logging, settings.JsonLog);
        builder.Services.Configure<HostOptions>(
            host => host.ShutdownTimeout = TimeSpan.FromSeconds((2 * settings.StopSeconds) + 10));
        builder.Services.AddSingleton(services =>
            new DaemonHost(
                settings, meter, TimeProvider.System, services.GetRequiredService<ILoggerFactory>(),
                services.GetRequiredService<IHostApplicationLifetime>().StopApplication));
        builder.Services.AddHostedService(services => services.GetRequiredService<DaemonHost>());
        await using var app = builder.Build();
        var daemon = app.Services.GetRequiredService<DaemonHost>();
        HttpEndpoints.Map(app, metrics, daemon);
        OperatorEndpoints.Map(app, daemon, settings, TimeProvider.System);
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await app.RunAsync(cancellation);
        }
        catch (OperationCanceledException) when (
            cancellation.IsCancellationRequested || stopping.IsCancellationRequested)
        {
            // The signal came while the host was still starting: nothing had begun, so nothing is left to finish.
        }
        catch (Exception fault) when (fault is SocketException or IOException { InnerException: AddressInUseException })
        {
            // A port in use, an address of another machine, a port below 1024.
            var why = fault is SocketException ? fault.Message : "another process listens there";
            throw new CommandException(
                $"{settings.HttpAddress}:{settings.Http} cannot be listened on: {why}; choose another httpAddress or http");
        }

        return daemon.HasBrokenDown ? CommandException.Failed : 0;
    }

    private static void Logging(ILoggingBuilder logging, bool json)
    {
        // What keeps the host from starting is told in one line at the end.
        logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        if (json)
        {
            logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
            return;
        }

        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var given = new Dictionary<string, string?>();
        foreach (var (_, key, _, _) in Settings)
        {
            if (parsed.GetValue(_options[key]) is { } value)
            {
                given[key] = value;
            }
        }

        var allowed = parsed.GetValue(_allow) ?? [];
        for (var i = 0; i < allowed.Length; i++)
        {
            given[$"{nameof(RunSettings.Allow)}:{i}"] = allowed[i];
        }

        var mistakes = new List<string>();
        var layers = new List<IConfiguration>();
        if (parsed.GetValue(_config) is { } file)
        {
            var values = SettingsFile.Read(file);
            mistakes.AddRange(SettingsReader.UnknownNames(values, file));
            layers.Add(values);
        }

        layers.Add(new ConfigurationBuilder().AddEnvironmentVariables(EnvironmentPrefix).Build());
        layers.Add(new ConfigurationBuilder().AddInMemoryCollection(given).Build());
        var all = SettingLayers.Join(layers);
        Arm(all, FailPointKey, FailPoints.TryArm, "dies at", $"none of {string.Join(", ", FailPoints.Names)}",
            mistakes);
        Arm(all, BreakDeviceKey, DeviceBreak.TryArm, "breaks", $"no {DeviceBreak.Rule}", mistakes);
        Arm(all, SlowDeviceKey, DeviceDelay.TryArm, "slows", $"no {DeviceDelay.Rule}", mistakes);

        var settings = SettingsReader.Read(all, mistakes);
        mistakes.AddRange(RunSettingsRules.Check(settings));
        return mistakes.Count > 0
            ? throw new CommandException(string.Join("\nspexstream: ", mistakes), CommandException.Misused)
            : RunAsync(settings, cancellation);
    }

    private static void Arm(
        IConfiguration all, string key, Func<string, bool> tryArm, string does, string rule, List<string> mistakes)
    {
        if (all[key] is not { } text)
        {
            return;
        }

        if (tryArm(text))
        {
            Terminal.Error.WriteLine($"spexstream: {EnvironmentPrefix}{key} is set, for tests: {does} {text}");
        }
        else
        {
            mistakes.Add($"{EnvironmentPrefix}{key}={text} names {rule}");
        }
    }

    // Values are checked later, with those of the environment and the file.
    private static CheckedOption<string?> Setting(string name, string key, string meaning, string? otherwise)
    {
        var option = new CheckedOption<string?>(name, meaning, SettingWords.Of(key), otherwise, (text, out value) =>
        {
            value = text;
            return true;
        })
        {
            Alone = SettingWords.IsFlag(key) ? bool.TrueString : null,
        };
        option.Required = false;
        option.Description += otherwise is null ? " Must be set." : "";
        return option;
    }
}
