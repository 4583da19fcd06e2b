using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SpexStream.Daemon.Alerts;
using SpexStream.Daemon.Composition;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Ingest;
using SpexStream.Messaging.Publishing;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Pipeline;
using SpexStream.Pipeline.Models;
using SpexStream.Pipeline.Products;
using SpexStream.Raster;

namespace SpexStream.Daemon.Hosting;

/// <summary>
/// The daemon's life: connects, works, and on SIGTERM stops taking strips, finishes what is in flight within a limit,
/// says offline and leaves.
/// </summary>
internal sealed partial class DaemonHost : IHostedLifecycleService, IAsyncDisposable
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);
    private readonly RunSettings _settings;
    private readonly TimeProvider _time;
    private readonly Action _leave;
    private readonly ILogger _logger;
    // Its last version is never disposed: a runtime that was given up may still compute with it until the process ends.
    private readonly ModelSwitch? _models;
    private readonly DeviceMeter _deviceMeter = new();
    private readonly StationIdentity _identity;
    private readonly NodeStatus _status;
    private readonly BrokerConnections _connections;
    private readonly StationCommands _commands;
    private readonly MqttOutbox _outbox;
    private readonly OutputOwner _owner;
    private readonly OpenedJournal _opened;
    private readonly ISceneJournal _journal;
    private readonly JournalRelay _relay;
    private readonly NodeShare? _share;
    private readonly IPipelineRuntime _runtime;
    private readonly IRuntimeFigures _figures;
    private readonly PipelineWorks _works;
    private readonly Intake _intake;
    private readonly StripIngest _ingest;
    private readonly AlertStation? _alerts;
    private readonly AlertBystander? _bystander;
    private readonly Housekeeping _keeping;
    private readonly Stages _stages;
    private readonly QueueAges _ages;
    private readonly Readiness _readiness;
    private readonly StationControl _control;
    private readonly SpexMeter _meter;
    private readonly OperatorView _view;
    private readonly Gauges _gauges;
    private readonly RefusedMessages _refused;
    private readonly Background _background;
    private readonly CancellationTokenSource _stopIngest = new();
    private readonly CancellationTokenSource _stopAll = new();
    private readonly string _gdalVersion;
    private int _disposed;
    private long _setAside;
    private bool _hasBegun;
    private bool _hasLeft;
    private Task _taking = Task.CompletedTask;
    private Task _watching = Task.CompletedTask;
    private Task _relaying = Task.CompletedTask;
    private Task _sharing = Task.CompletedTask;
    private Task _refreshing = Task.CompletedTask;
    private Task _housekeeping = Task.CompletedTask;
    private Task _singing = Task.CompletedTask;
    private Task _commanded = Task.CompletedTask;

    public DaemonHost(RunSettings settings, SpexMeter meter, TimeProvider time, ILoggerFactory loggers, Action leave)
    {
        (_settings, _meter, _time, _leave) = (settings, meter, time, leave);
        _refused = new RefusedMessages(time);
        _logger = loggers.CreateLogger("SpexStream");
        _background = new Background(_logger);
        var store = new GdalRasterStore(new RasterOptions());
        _gdalVersion = store.LibraryVersion;
        var devices = DeviceList.Parse(settings.Devices);
        var options = RunOptions.Runtime(settings, devices);
        _models = ModelHosting.Open(settings, devices, options.Processing, meter, time, _logger);
        _identity = Identity.Of(
            StationId.Parse(settings.Station!), store.LibraryVersion,
            new EnvelopeOptions(settings.StructuredEvents, settings.OgcTypes),
            _models?.Serving);
        Node = settings.Node ?? NodeName();
        _status = new NodeStatus(Node, NodeState.Online, SpexInfo.Version, time.GetUtcNow(), devices);
        _connections = new BrokerConnections(
            settings, Node, _identity, _status with { State = NodeState.Offline }, time);
        _commands = new StationCommands(_connections, _identity.Station, Node, meter, time, _logger);
        _outbox = new MqttOutbox(
            _connections.Publish, settings.OutboxCapacity, settings.PublishWindow, meter, time,
            (message, fault) =>
            {
                _refused.Note(message.Topic, fault.Message);
                Log.MessageRefused(_logger, message.Topic, fault.Message);
            },
            (message, fault) => Log.PublishBroke(_logger, fault, message.Topic));
        _owner = OutputOwner.Take(
            Path.GetFullPath(settings.Out!), settings.Station!, Node, JournalAddress.SharedName(settings.Journal));
        _opened = OpenedJournal.Open(
            settings, Node, time,
            (key, reason) =>
            {
                Interlocked.Increment(ref _setAside);
                Log.MessageSetAside(_logger, key, reason);
            },
            trouble => Log.JournalDelayed(_logger, trouble), wait => Log.OthersAwaited(_logger, wait.TotalSeconds));
        _journal = _opened.Journal;
        _share = _opened.Shared is not { } shared ? null
            : new NodeShare(shared, settings, _identity, _commands.Replies, meter, time, _logger)
            {
                OnBroken = BreakDown,
            };
        _relay = new JournalRelay(
            _journal.Outbox, _outbox, time, settings.RelayMessages, fault => Log.JournalDelayed(_logger, fault.Message),
            fault => Log.RelayFailed(_logger, fault));
        var messages = new SceneMessages(_identity, time, reason =>
        {
            meter.ExplanationsRejected.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));
            Log.TextRejected(_logger, reason.ToString());
        });
        _alerts = AlertStation.Open(settings, Node, _identity, _journal, store, meter, time, _logger);
        _bystander = _alerts is null ? new(settings, Node, _identity, _journal, meter, time, _logger) : null;
        _connections.OnConnected = () => _alerts?.Restate();
        if (_share is not null && _alerts is not null)
        {
            _alerts.Carrier = _share.CarrierAsync;
            // Who is not connected asks when it is.
            _share.OnCarrying = () =>
            {
                if (_connections.Publish.State.Phase == MqttConnectionPhase.Connected)
                {
                    _alerts.Restate();
                }
            };
        }

        _view = new OperatorView(
            settings, _connections, _identity.Station, _status, _journal, _alerts, meter, time, loggers);
        var events = new SceneEventsFanOut(
        [
            new SceneTelemetry(meter, time, _logger), _view.Scenes, new ProgressPublisher(_identity, _outbox.TryPost, time),
            .. _alerts is null ? [] : new[] { _alerts.Events },
        ]);
        // It holds scenes of the runtime, which takes strips through its gate.
        _keeping = new Housekeeping(
            settings, _journal, scene => _runtime!.TryHold(scene), meter, time, _logger,
                () => _share is not { KeepsProducts: false }, _share is null ? null : _share.TryHoldAsync);
        _control = new StationControl(_keeping.Gate, leave) { OnChange = () => _outbox.TryPost(Word(Present)) };
        var ports = RuntimeFactory.Ports(options, store, _identity, events, meter, time) with
        {
            Messages = messages,
            Journal = _journal,
            Areas = _alerts?.Areas,
            Gate = _control,
            OnDeviceFault = fault => Log.DeviceFailed(_logger, fault.Message),
            OnRecorderFault = fault => Log.RecorderFailed(_logger, fault.Message),
        };
        if (_models is not null)
        {
            ports = ports with { Backends = _models, Devices = _deviceMeter };
        }

        (_runtime, _figures, _works) = RuntimeFactory.Create(
            settings, options, ports, _share, loggers, BreakDown);
        _intake = new Intake(
            settings, Node, _connections, _opened, _runtime, store, _identity, meter, time, _control, _logger);
        _ingest = _intake.Announced;
        meter.Observe(
            "spex_outbox_set_aside", null, "Damaged messages of the journal that are not sent.",
                () => Interlocked.Read(ref _setAside));
        _stages = new Stages(
            [
                Stage.Of("intake", _ingest.Tally),
                Stage.Of("journal", _opened.Writes),
                new("tiles", () => _works.ReadyTiles, () => _works.TilesAtWork.Progress),
                Stage.Of("assembly", _works.Assemblies),
                Stage.Of("publish", _outbox.Wire),
                Stage.Of("outbox", _relay.Tally),
            ],
            TimeSpan.FromSeconds(settings.StallSeconds), meter, time, _logger);
        _ages = new QueueAges(
            [
                QueueAges.Of("intake", _ingest.Arrived),
                ("tiles", () => _works.MadeReady - _works.ReadyTiles, () => _works.MadeReady),
                QueueAges.Of("journal", _opened.Writes),
                QueueAges.Of("relay", _relay.Tally),
                QueueAges.Of("wire", _outbox.Wire),
            ],
            meter, time);
        _gauges = new Gauges(settings, _ingest, _opened, _figures, _relay, _outbox, _connections);
        _gauges.AddTo(meter);
        _readiness = new Readiness(meter, Parts);
    }

    /// <summary>Whether it ends although nobody asked it to.</summary>
    public bool HasBrokenDown { get; private set; }

    /// <summary>Id of this node.</summary>
    public string Node { get; }

    private void BreakDown(string reason)
    {
        HasBrokenDown = true;
        Log.NodeEnded(_logger, reason);
        _leave();
    }

    private static string NodeName()
    {
        var name = string.Concat(
            Environment.MachineName.ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c == '-'));
        return TopicLevel.IsValid(name) ? name : "node";
    }
}
