using Microsoft.Extensions.Logging;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Commands;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt;
using SpexStream.Messaging.Publishing;
using SpexStream.Messaging.Wire.Outgoing;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Daemon.Hosting;

/// <summary>
/// The two connections of a node: one for ingest, which may stop reading, and one for publishing, which never does;
/// else overload would hold back the acknowledgements of our own messages. Where commands are taken they have a third,
/// so that they get past both; it keeps no session, for a command that nobody heard must not be carried out later.
/// In a group a fourth hears the verbs that are none, which a third by its filters does not.
/// </summary>
internal sealed class BrokerConnections : IAsyncDisposable
{
    private static readonly TimeSpan SessionExpiry = TimeSpan.FromHours(24);
    // What the broker has sent to a node that is gone reaches the others when its session ends.
    private static readonly TimeSpan SharedSessionExpiry = TimeSpan.FromSeconds(90);
    private const int SupposeTakeoverAfter = 4;
    private const double SecondsOfHour = 3600;
    private const int MaxCommandBytes = 64 << 10;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan WillDelay = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PublishSessionExpiry = TimeSpan.FromMinutes(5);
    private readonly StationIdentity _identity;
    private readonly Takeover _takeover;
    private readonly string? _share;
    private readonly Func<IMqttConnection> _newCatchUp;
    private volatile bool _isSubscribed;

    public BrokerConnections(
        RunSettings settings, string node, StationIdentity identity, NodeStatus offline, TimeProvider time)
    {
        (_identity, _share) = (identity, settings.Share);
        _takeover = new Takeover(node, time);
        var factory = MqttLibrary.Factory(time);
        var common = Options(settings, $"spex-{identity.Station.Value}-{node}") with
        {
            Backoff = new MqttBackoff { SupposeTakeoverAfter = SupposeTakeoverAfter },
        };
        Ingest = factory.Create(common with
        {
            ClientId = common.ClientId + "-in",
            SessionExpiry = _share is null ? SessionExpiry : SharedSessionExpiry,
            RetryFirstConnect = true,
            ReceiveMaximum = settings.ReceiveMaximum,
            Hold = new MqttHoldLimits(settings.ReceiveMaximum, (long)settings.HoldMebibytes << 20),
        });
        _newCatchUp = () => factory.Create(common with
        {
            // The group's, not a node's: whoever has the role goes on with the session of the one before.
            ClientId = $"spex-{identity.Station.Value}-{_share}-catch-up",
            SessionExpiry = TimeSpan.FromSeconds(Math.Ceiling(settings.CatchUpHours * SecondsOfHour)),
            RetryFirstConnect = true,
            ReceiveMaximum = settings.ReceiveMaximum,
            Hold = new MqttHoldLimits(settings.ReceiveMaximum, (long)settings.HoldMebibytes << 20),
        });
        Commands = settings.Commands ? NewCommands("-cmd") : null;
        Strays = settings.Commands && _share is not null ? NewCommands("-cmd-any") : null;
        Publish = factory.Create(common with
        {
            ClientId = common.ClientId + "-out",
            RetryFirstConnect = true,
            SessionExpiry = PublishSessionExpiry,
            Will = new MqttWill(MqttOutbox.ToMqtt(NodeStatusMessage.Will(offline, identity.Context(time.GetUtcNow()))))
            {
                Delay = WillDelay,
            },
        });

        IMqttConnection NewCommands(string suffix) => factory.Create(common with
        {
            ClientId = common.ClientId + suffix,
            RetryFirstConnect = true,
            CleanStart = true,
            SessionExpiry = TimeSpan.Zero,
            MaximumPacketBytes = MaxCommandBytes,
        });
    }

    public IMqttConnection Ingest { get; }

    /// <summary>Where commands come in; null where none are taken.</summary>
    public IMqttConnection? Commands { get; }

    /// <summary>Where one node of a group hears every command, for those that none listens to by name; null where none
    /// are taken, and without a group.</summary>
    public IMqttConnection? Strays { get; }

    /// <summary>Who else uses our name; null when nobody does.</summary>
    public string? TakenOver => _takeover.Trouble;

    public IMqttConnection Publish { get; }

    /// <summary>Told each time that the publishing connection stands: nobody knows what the broker still has of what it
    /// kept, for one that was cut off may remember our session and not the newest messages. Must not block.</summary>
    public Action OnConnected { get; set; } = () => { };

    /// <summary>What the group's catch-up session listens to: all that the group gets, and as little that the broker
    /// keeps (MQTT 5, 4.8.2).</summary>
    public IReadOnlyList<MqttSubscription> CatchUpFilters =>
    [
        .. new[] { TopicFilters.Strips(_identity.Station), TopicFilters.Passes(_identity.Station) }.Select(
            filter => new MqttSubscription(filter) { RetainHandling = MqttRetainHandling.Never }),
    ];

    /// <summary>Whether both connections stand and announcements are subscribed to: before, a strip would reach
    /// nobody.</summary>
    public bool AreUp => _isSubscribed && Ingest.State.Phase == MqttConnectionPhase.Connected
        && Publish.State.Phase == MqttConnectionPhase.Connected;

    /// <summary>Connects both; a broker that says no ends the start, one that is away is waited for.</summary>
    /// <exception cref="MqttRefusedException">Wrong password, not authorised ...</exception>
    public async Task ConnectAsync(CancellationToken cancellation)
    {
        await ConnectAsync(Publish, cancellation);
        await ConnectAsync(Ingest, cancellation);
        await Ingest.SubscribeAsync([.. IngestFilters.Select(filter => new MqttSubscription(filter))], cancellation);
        if (Commands is not null)
        {
            await HearAsync(Commands, CommandFilters(), cancellation);
        }

        if (Strays is not null)
        {
            await HearAsync(Strays, [TopicFilters.Commands(_identity.Station, _share)], cancellation);
        }

        _isSubscribed = true;
    }

    /// <summary>Lets the group's other nodes have what is announced from now on, and waits for a moment until what was
    /// on its way here is settled. What is not stays with the broker, for the catch-up session.</summary>
    public async Task LeaveGroupAsync(TimeSpan limit, TimeProvider time)
    {
        if (_share is null || !_isSubscribed)
        {
            return;
        }

        using var patience = new CancellationTokenSource(limit, time);
        using var look = new PeriodicTimer(LookEvery, time);
        try
        {
            await Ingest.UnsubscribeAsync([.. IngestFilters], patience.Token);
            while (Ingest.Counters.HeldMessages > 0)
            {
                await look.WaitForNextTickAsync(patience.Token);
            }
        }
        catch (Exception fault) when (fault is MqttException or OperationCanceledException)
        {
            // A broker that does not answer, or strips that wait for long: it leaves all the same.
        }
    }

    /// <summary>Makes the connection of the group's catch-up session; for one node at a time.</summary>
    public IMqttConnection NewCatchUp() => _newCatchUp();

    public async Task WatchAsync(ILogger logger, CancellationToken cancellation) => await Task.WhenAll(
        WatchAsync(Ingest, "ingest", logger, cancellation), WatchAsync(Publish, "publish", logger, cancellation),
        Commands is null ? Task.CompletedTask : WatchAsync(Commands, "commands", logger, cancellation),
        Strays is null ? Task.CompletedTask : WatchAsync(Strays, "commands of any verb", logger, cancellation));

    public async ValueTask DisposeAsync()
    {
        await (Commands?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (Strays?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Ingest.DisposeAsync();
        await Publish.DisposeAsync();
    }

    /// <summary>Connection options from settings, without an own client id yet.</summary>
    public static MqttConnectionOptions Options(RunSettings settings, string clientId)
    {
        var address = BrokerAddress.Parse(settings.Broker);
        return new MqttConnectionOptions
        {
            Host = address.Host,
            Port = address.Port,
            Tls = address.Tls
                ? new MqttTlsOptions
                {
                    CaFile = settings.CaFile,
                    CertificateFile = settings.CertificateFile,
                    KeyFile = settings.KeyFile,
                }
                : null,
            User = settings.User,
            Password = settings.PasswordFile is { } file ? File.ReadAllText(file).Trim() : settings.Password,
            ClientId = clientId,
        };
    }

    private IEnumerable<string> IngestFilters =>
        [TopicFilters.Strips(_identity.Station, _share), TopicFilters.Passes(_identity.Station, _share)];

    // What is asked of a scene, or of a folder, one node of a group does; what is asked of nodes, each.
    private IEnumerable<string> CommandFilters() => _share is null ? [TopicFilters.Commands(_identity.Station)]
        : CommandVerbs.All.Select(verb => TopicFilters.Commands(
            _identity.Station, verb,
            verb is CommandVerbs.Drain or CommandVerbs.Pause or CommandVerbs.Resume ? null : _share));

    // What the broker keeps was said to somebody else.
    private static async Task HearAsync(
        IMqttConnection connection, IEnumerable<string> filters, CancellationToken cancellation)
    {
        await ConnectAsync(connection, cancellation);
        await connection.SubscribeAsync(
            [
                .. filters.Select(filter => new MqttSubscription(filter)
                {
                    RetainHandling = MqttRetainHandling.Never,
                }),
            ],
            cancellation);
    }

    // A broker that is away is tried again for ever; one that says no has answered, and only a person can change that.
    private static async Task ConnectAsync(IMqttConnection connection, CancellationToken cancellation)
    {
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var connecting = connection.ConnectAsync(cancellation);
        var refused = RefusalAsync(connection, watching.Token);
        if (await Task.WhenAny(connecting, refused) == refused && await refused is { } refusal)
        {
            throw refusal;
        }

        await connecting;
        await watching.CancelAsync();
        await refused;
    }

    private static async Task<MqttRefusedException?> RefusalAsync(
        IMqttConnection connection, CancellationToken cancellation)
    {
        try
        {
            await foreach (var state in connection.WatchStatesAsync(cancellation))
            {
                if (state.Phase == MqttConnectionPhase.Waiting && state.Reason is { } reason)
                {
                    return new MqttRefusedException("connect", reason, state.Detail);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Connected, or asked to stop: there is nothing left to watch for.
        }

        return null;
    }

    private async Task WatchAsync(
        IMqttConnection connection, string name, ILogger logger, CancellationToken cancellation)
    {
        try
        {
            await foreach (var state in connection.WatchStatesAsync(cancellation))
            {
                Log.Connection(logger, name, state.Phase.ToString(), state.Attempt, state.Detail ?? string.Empty);
                if (connection == Publish && state.Phase == MqttConnectionPhase.Connected)
                {
                    OnConnected();
                }

                if (_takeover.IsTold(state))
                {
                    Log.TakenOver(logger, name, TakenOver ?? string.Empty);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The daemon stops; so does its watching.
        }
    }
}
