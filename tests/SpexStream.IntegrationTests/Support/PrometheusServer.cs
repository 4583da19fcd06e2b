using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SpexStream.IntegrationTests.Support;

/// <summary>A private Prometheus that scrapes one daemon every two seconds, with the rules of <c>deploy/</c>, whose
/// waits it shortens to <see cref="ShortWait"/>. Disposing kills it and removes its folder.</summary>
public sealed partial class PrometheusServer : IAsyncDisposable
{
    /// <summary>Seconds that an alert is pending; a slow scrape or two on a busy machine are fewer.</summary>
    public const int ShortWait = 6;

    private readonly string _folder = Directory.CreateTempSubdirectory("spex-prometheus-").FullName;
    private readonly HttpClient _http;
    private readonly Process _process;

    private PrometheusServer(int target)
    {
        var port = FreePort.Next();
        _http = new HttpClient
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            Timeout = TimeSpan.FromSeconds(10)
        };
        foreach (var rules in Directory.EnumerateFiles(Path.Combine(Repository(), "deploy/prometheus/rules"), "*.yml"))
        {
            File.WriteAllText(
                Path.Combine(_folder, Path.GetFileName(rules)),
                    Wait().Replace(File.ReadAllText(rules), $"for: {ShortWait}s"));
        }

        File.WriteAllText(Path.Combine(_folder, "prometheus.yml"), $$"""
            global: {scrape_interval: 2s, evaluation_interval: 1s}
            rule_files: ["{{_folder}}/recording.yml", "{{_folder}}/alerts.yml"]
            scrape_configs:
              - job_name: spexstream
                static_configs:
                  - targets: ["127.0.0.1:{{target}}"]
                    labels: {station: no-test}
            """);
        _process = Process.Start(new ProcessStartInfo(
            RequiresPrometheusFactAttribute.Executable!,
            [
                $"--config.file={_folder}/prometheus.yml", $"--storage.tsdb.path={_folder}/data",
                $"--web.listen-address=127.0.0.1:{port}", "--log.level=error",
            ])
        {
            RedirectStandardError = true,
        })!;
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts it and waits until it has scraped.</summary>
    public static async Task<PrometheusServer> StartAsync(int target)
    {
        var server = new PrometheusServer(target);
        try
        {
            await server.HoldsAsync(async () => (await server.QueryAsync("up == 1")).Count > 0);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The series that a query gives now.</summary>
    public async Task<JsonArray> QueryAsync(string query) =>
        (await GetAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}"))["result"]!.AsArray();

    /// <summary>The data of an answer of its API.</summary>
    public async Task<JsonNode> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return body["status"]!.ToString() == "success"
            ? body["data"]!
            : throw new InvalidOperationException($"{path}: {body["error"]}");
    }

    /// <summary>Waits until every rule was evaluated for some seconds from now on.</summary>
    /// <returns>The seconds since the beginning, by its clock.</returns>
    public async Task<int> EvaluatedForAsync(int seconds)
    {
        var begin = await NowAsync();
        await HoldsAsync(async () => (await RulesAsync()).All(rule =>
            (DateTimeOffset.Parse(rule["lastEvaluation"]!.ToString(), CultureInfo.InvariantCulture)
                - DateTimeOffset.UnixEpoch).TotalSeconds > begin + seconds));
        return (int)Math.Ceiling(await NowAsync() - begin);
    }

    /// <summary>The rules that it has, with what became of them.</summary>
    public async Task<JsonNode[]> RulesAsync() =>
    [
        .. (await GetAsync("/api/v1/rules"))["groups"]!.AsArray()
            .SelectMany(group => group!["rules"]!.AsArray()).Select(rule => rule!),
    ];

    private async Task<double> NowAsync() => double.Parse(
        (await GetAsync("/api/v1/query?query=time()"))["result"]![1]!.ToString(), CultureInfo.InvariantCulture);

    /// <summary>Waits until something holds, or fails after a minute.</summary>
    public async Task HoldsAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            try
            {
                if (await condition())
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                // It does not listen yet.
            }

            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The root of the repository.</summary>
    public static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SpexStream.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside of the repository");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"for: \d+[mh]")]
    private static partial Regex Wait();
}
