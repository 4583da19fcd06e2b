using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SpexStream.Daemon.Hosting;
using SpexStream.Daemon.Settings;
using SpexStream.Daemon.Status;

namespace SpexStream.Daemon.Pages;

/// <summary>What operators are answered over HTTP: status and console; all of it can only be read.</summary>
internal static class OperatorEndpoints
{
    private const string HtmlType = "text/html; charset=utf-8";

    /// <summary>Adds them, unless they are switched off.</summary>
    public static void Map(WebApplication app, DaemonHost daemon, RunSettings settings, TimeProvider time)
    {
        if (!settings.Console)
        {
            return;
        }

        var group = app.MapGroup("").AddEndpointFilter(new AccessFilter(new OperatorAccess(settings)));
        group.MapGet("/", () => Results.Redirect(ConsolePage.Path));
        group.MapGet("/status", () => Results.Bytes(
            JsonSerializer.SerializeToUtf8Bytes(daemon.Report(), StatusJson.Default.StationReport),
                "application/json"));
        group.MapGet(ConsolePage.Path, () => Results.Text(
            ConsolePage.Of(daemon.Report(), daemon.View.Scenes.Ended, daemon.View.News.Newest).ToString(), HtmlType));
        group.MapGet(
            $"{ConsolePage.Path}/tables", () => Results.Text(ConsoleTables.Of(daemon.Report()).ToString(), HtmlType));
        group.MapGet(
            $"{ConsolePage.Path}/maps",
            () => Results.Text(ConsolePage.Maps(daemon.View.Scenes.Ended).ToString(), HtmlType));
        group.MapGet($"{ConsolePage.Path}/style.css", () => Results.Text(ConsoleAssets.Style, "text/css"));
        group.MapGet($"{ConsolePage.Path}/script.js", () => Results.Text(ConsoleAssets.Script, "text/javascript"));
        group.MapGet($"{ConsolePage.Path}/browse/{{scene}}/{{revision:int}}", (string scene, int revision) =>
            Picture(daemon.View.Scenes, scene, revision));
        group.MapGet(
            $"{ConsolePage.Path}/events",
            (HttpContext request) =>
                NewsStream.WriteAsync(request, daemon.View.News, time, app.Lifetime.ApplicationStopping));
    }

    // Only what the book names itself is opened, never a path that somebody asks for.
    private static IResult Picture(SceneBook book, string scene, int revision) =>
        book.Ended.FirstOrDefault(line => line.Scene == scene && line.Revision == revision)?.Picture is { } file
            && File.Exists(file)
            ? Results.File(file, "image/png")
            : Results.NotFound();

    private sealed class AccessFilter(OperatorAccess access) : IEndpointFilter
    {
        public async ValueTask<object?> InvokeAsync(
            EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            var headers = context.HttpContext.Response.Headers;
            headers.ContentSecurityPolicy = ConsoleAssets.Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.CacheControl = "no-store";
            if (access.Refuse(context.HttpContext) is not var (status, words))
            {
                return await next(context);
            }

            if (status == StatusCodes.Status401Unauthorized)
            {
                headers.WWWAuthenticate = "Basic realm=\"SpexStream\"";
            }

            return Results.Text(words + "\n", statusCode: status);
        }
    }
}
