using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SpexStream.Daemon.Hosting;
using SpexStream.Daemon.Metrics;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Telemetry;

namespace SpexStream.Daemon.Commands;

/// <summary>run: the daemon.</summary>
internal sealed class RunCommand
{
    private const string EnvironmentPrefix = "SPEX_";

    private static readonly (string Name, string Key, string Help)[] Settings =
    [
        ("--broker", nameof(RunSettings.Broker), "mqtt://HOST:PORT, or mqtts:// for TLS."),
        ("--station", nameof(RunSettings.Station), "Id of the station."),
        ("--node", nameof(RunSettings.Node), "Id of this node. Default: the host's name."),
        ("--data", nameof(RunSettings.Data), "Folder of the daemon's own data."),
        ("--out", nameof(RunSettings.Out), "Folder of the products."),
        ("--http", nameof(RunSettings.Http), "Port of metrics and health. Default: 8090."),
        ("--http-address", nameof(RunSettings.HttpAddress), "Address of that port. Default: 127.0.0.1."),
        ("--devices", nameof(RunSettings.Devices), "One worker each. Default: cpu:0,cpu:1."),
        ("--classes", nameof(RunSettings.Classes), "Classes, comma separated. Default: all."),
        ("--products", nameof(RunSettings.Products), "Products, comma separated. Default: all."),
        ("--tile", nameof(RunSettings.Tile), "Edge of a tile in pixels. Default: 512."),
        ("--gather-minutes", nameof(RunSettings.GatherMinutes), "Wait for missing strips after the first. Default: 30."),
        ("--max-data-age-hours", nameof(RunSettings.MaxDataAgeHours), "Age from which a strip is refused. Default: 6; 0: none."),
        ("--user", nameof(RunSettings.User), "User at the broker."),
        ("--password-file", nameof(RunSettings.PasswordFile), "File with the password."),
        ("--ca-file", nameof(RunSettings.CaFile), "PEM file of the trusted authorities."),
        ("--certificate-file", nameof(RunSettings.CertificateFile), "PEM file of the client certificate."),
        ("--key-file", nameof(RunSettings.KeyFile), "PEM file of its key."),
        ("--stop-seconds", nameof(RunSettings.StopSeconds), "Limit for finishing on SIGTERM. Default: 25."),
        ("--json-log", nameof(RunSettings.JsonLog), "true for log lines as JSON."),
    ];

    private readonly Option<string[]> _allow = new("--allow")
    {
        Description = "Folder that announced rasters may lie in; may be given several times.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<FileInfo?> _config = new("--config") { Description = "JSON file with the same settings (docs/settings.md)." };
    private readonly Dictionary<string, Option<string?>> _options = [];

    public Command Build()
    {
        var command = new Command(
            "run",
            "Run the daemon.\nExample: spexstream run --broker mqtt://localhost:1883 --station no-svalbard "
            + "--data /var/lib/spexstream --out /srv/products --allow /srv/incoming");
        foreach (var (name, key, help) in Settings)
        {
            command.Options.Add(_options[key] = new Option<string?>(name) { Description = help });
        }

        command.Options.Add(_allow);
        command.Options.Add(_config);
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>Starts the daemon and works until SIGTERM, SIGINT or cancellation.</summary>
    public static async Task<int> RunAsync(RunSettings settings, CancellationToken cancellation)
    {
        var mistakes = RunSettingsRules.Check(settings);
        if (mistakes.Count > 0)
        {
            throw new CommandException(string.Join("\nspexstream: ", mistakes), 2);
        }

        using var metrics = new MetricRegistry();
        using var meter = new SpexMeter();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", string.Create(CultureInfo.InvariantCulture, $"http://{settings.HttpAddress}:{settings.Http}"));
        builder.Logging.ClearProviders();
        Logging(builder.Logging, settings.JsonLog);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds((2 * settings.StopSeconds) + 10));
        builder.Services.AddSingleton(services =>
            new DaemonHost(settings, meter, TimeProvider.System, services.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddHostedService(services => services.GetRequiredService<DaemonHost>());
        await using var app = builder.Build();
        HttpEndpoints.Map(app, metrics, app.Services.GetRequiredService<DaemonHost>());
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await app.RunAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested || stopping.IsCancellationRequested)
        {
            // The signal came while the host was still starting: nothing had begun, so nothing is left to finish.
        }

        return 0;
    }

    private static void Logging(ILoggingBuilder logging, bool json)
    {
        logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning);
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
        foreach (var (_, key, _) in Settings)
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

        var configuration = new ConfigurationBuilder();
        if (parsed.GetValue(_config) is { } file)
        {
            configuration.AddJsonFile(file.FullName, optional: false);
        }

        var settings = new RunSettings();
        try
        {
            configuration.AddEnvironmentVariables(EnvironmentPrefix).AddInMemoryCollection(given).Build().Bind(settings);
        }
        catch (Exception fault) when (fault is InvalidOperationException or InvalidDataException)
        {
            // A value of the wrong type, or a file that is no JSON: the binder's words name the setting.
            throw new CommandException(fault.Message, 2);
        }

        return RunAsync(settings, cancellation);
    }
}
