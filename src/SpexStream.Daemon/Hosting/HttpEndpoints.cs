using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SpexStream.Daemon.Metrics;

namespace SpexStream.Daemon.Hosting;

/// <summary>What the daemon answers over HTTP: metrics and health.</summary>
internal static class HttpEndpoints
{
    public static void Map(WebApplication app, IMetricsPage metrics, DaemonHost daemon)
    {
        app.MapGet("/metrics", async (HttpRequest request, CancellationToken cancellation) =>
        {
            var openMetrics = MetricsText.WantsOpenMetrics(request.Headers.Accept);
            return Results.Bytes(
                await metrics.WriteAsync(openMetrics, cancellation),
                openMetrics ? MetricsText.OpenMetricsType : MetricsText.PrometheusType);
        });
        app.MapGet("/health/live", () => Results.Text("live\n"));
        app.MapGet("/health/ready", () => daemon.NotReady is { } reason
            ? Results.Text($"not ready: {reason}\n", statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text(daemon.Warning is { } warning ? $"ready, but: {warning}\n" : "ready\n"));
    }
}
