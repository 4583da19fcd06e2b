using System.Globalization;
using System.Text.Json.Nodes;
using SpexStream.Daemon.Commands;
using SpexStream.Daemon.Console;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Daemon.Demo;

/// <summary>What the demo shows: one line per event, and a progress line below them on a terminal.</summary>
internal sealed class DemoScreen(bool plain, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly bool _live = !plain && !System.Console.IsOutputRedirected;
    private readonly long _started = time.GetTimestamp();
    private int _stripsSent;
    private int _strips;
    private int _tilesDone;
    private int _tiles;
    private long _pixels;

    public void Say(string text)
    {
        lock (_lock)
        {
            Clear();
            Terminal.Out.WriteLine(text);
            Draw();
        }
    }

    public void StripSent(int sent, int of, long pixels)
    {
        lock (_lock)
        {
            (_stripsSent, _strips) = (sent, of);
            _pixels = pixels;
            Clear();
            Draw();
        }
    }

    /// <summary>Shows an event from the broker; true when it closes the scene.</summary>
    public bool Show(MqttMessage message)
    {
        var data = message.Payload.IsEmpty ? null : JsonNode.Parse(message.Payload.Span) as JsonObject;
        switch (message.UserProperty("type"))
        {
            case EventTypes.SceneProgress:
                Progress(data);
                return false;
            case EventTypes.ObservationCreated:
                Say($"[{message.UserProperty("status")}] {data?["properties"]?["text"]}");
                return false;
            case EventTypes.StripRejected or EventTypes.DeadLetter:
                throw new CommandException($"the daemon gave a strip up: {data?["message"] ?? data?.ToJsonString()}");
            case EventTypes.SceneClosed:
                return true;
            default:
                return false;
        }
    }

    private void Progress(JsonObject? data)
    {
        lock (_lock)
        {
            _tilesDone = data?["tiles_done"]?.GetValue<int>() ?? _tilesDone;
            _tiles = data?["tiles_total"]?.GetValue<int?>() ?? _tiles;
            Clear();
            Draw();
            if (!_live)
            {
                Terminal.Out.WriteLine(Line());
            }
        }
    }

    private string Line()
    {
        var seconds = Math.Max(time.GetElapsedTime(_started).TotalSeconds, 1e-3);
        var tiles = _tiles > 0 ? $"{_tilesDone}/{_tiles}" : _tilesDone.ToString(CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"strips {_stripsSent}/{_strips}  tiles {tiles}  {_pixels / seconds / 1e6:0.0} Mpx/s  {seconds:0} s");
    }

    private void Draw()
    {
        if (_live)
        {
            Terminal.Out.Write(Line());
        }
    }

    private void Clear()
    {
        if (_live)
        {
            Terminal.Out.Write("\r" + new string(' ', Math.Min(100, System.Console.WindowWidth - 1)) + "\r");
        }
    }
}
