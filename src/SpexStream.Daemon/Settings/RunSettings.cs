using SpexStream.Daemon.Composition;

namespace SpexStream.Daemon.Settings;

/// <summary>
/// What <c>run</c> can be told, by command line, environment (SPEX_BROKER ...) or JSON file; the first beats the
/// second, the second the third. Bound by name; checked by <see cref="RunSettingsRules"/> before anything starts.
/// </summary>
internal sealed class RunSettings
{
    /// <summary>mqtt://HOST:PORT, or mqtts:// for TLS.</summary>
    public string? Broker { get; set; }

    /// <summary>User at the broker.</summary>
    public string? User { get; set; }

    /// <summary>Password at the broker; better in <see cref="PasswordFile"/> or the environment than on a command
    /// line.</summary>
    public string? Password { get; set; }

    /// <summary>File that holds the password.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>PEM file of the authorities to trust; default those of the system.</summary>
    public string? CaFile { get; set; }

    /// <summary>PEM file of the client certificate.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>PEM file of the client's key.</summary>
    public string? KeyFile { get; set; }

    /// <summary>Id of the station.</summary>
    public string? Station { get; set; }

    /// <summary>Id of this node; default the host's name.</summary>
    public string? Node { get; set; }

    /// <summary>Folder of the daemon's own data.</summary>
    public string? Data { get; set; }

    /// <summary>Where the journal lies, by <see cref="JournalAddress.Rule"/>.</summary>
    public string Journal { get; set; } = JournalAddress.Embedded;

    /// <summary>Password at the journal's database; better in <see cref="JournalPasswordFile"/> or the
    /// environment.</summary>
    public string? JournalPassword { get; set; }

    /// <summary>File that holds it.</summary>
    public string? JournalPasswordFile { get; set; }

    /// <summary>Name of the group of nodes that share the announcements; null where each gets all.</summary>
    public string? Share { get; set; }

    /// <summary>Seconds that a lease of a scene holds after it was given or renewed.</summary>
    public double LeaseSeconds { get; set; } = 10;

    /// <summary>Whether nodes work on tiles of each other's scenes, where they share a journal.</summary>
    public bool ShareTiles { get; set; } = true;

    /// <summary>Hours that the broker keeps copies of announcements for the group's catch-up session; 0 for
    /// none.</summary>
    public double CatchUpHours { get; set; } = 24;

    /// <summary>Seconds that the nodes of a group have to settle an announcement before its copy is taken up.</summary>
    public double CatchUpGraceSeconds { get; set; } = 30;

    /// <summary>Folder of the products.</summary>
    public string? Out { get; set; }

    /// <summary>Folders that announced rasters may lie in.</summary>
    public string[] Allow { get; set; } = [];

    /// <summary>Port of metrics, health and console; 0 takes a free one.</summary>
    public int Http { get; set; } = 8090;

    /// <summary>Address that the port is opened on.</summary>
    public string HttpAddress { get; set; } = "127.0.0.1";

    /// <summary>Whether status and console are answered there, too.</summary>
    public bool Console { get; set; } = true;

    /// <summary>File with the token that both ask for; null: they answer programs of this machine only.</summary>
    public string? ConsoleTokenFile { get; set; }

    /// <summary>What drives scenes and devices: "local", or "akka" where it was built.</summary>
    public string Runtime { get; set; } = RuntimeName.Local;

    /// <summary>Name or address that other nodes reach this one under; for the Akka.NET runtime.</summary>
    public string ClusterHost { get; set; } = "127.0.0.1";

    /// <summary>Port of the cluster; 0 takes a free one.</summary>
    public int ClusterPort { get; set; }

    /// <summary>"host:port" of nodes that a new one asks to be let in, comma separated; null: this node is
    /// alone.</summary>
    public string? ClusterSeeds { get; set; }

    /// <summary>What this node does in the cluster, comma separated.</summary>
    public string ClusterRoles { get; set; } = ClusterSettings.Scenes;

    /// <summary>One worker each, comma separated.</summary>
    public string Devices { get; set; } = "cpu:0,cpu:1";

    /// <summary>What the classes are told by: "spectral", or the folder of a model pack.</summary>
    public string Backend { get; set; } = BackendName.Spectral;

    /// <summary>What a model that takes instructions is asked, where an announcement says nothing else; null for its
    /// own questions.</summary>
    public string? Instruction { get; set; }

    /// <summary>What works in place of a graphics card whose software is missing: "none" (an error) or "cpu".</summary>
    public string DeviceFallback { get; set; } = "none";

    /// <summary>Classes, comma separated; default all.</summary>
    public string? Classes { get; set; }

    /// <summary>Products, comma separated; default all.</summary>
    public string? Products { get; set; }

    /// <summary>Edge of a tile in pixels.</summary>
    public int Tile { get; set; } = 512;

    /// <summary>Minutes after the first arrival that missing strips are waited for.</summary>
    public double GatherMinutes { get; set; } = 30;

    /// <summary>Seconds that a scene which a late strip opened again waits for more of them; 0 for none.</summary>
    public double LateGraceSeconds { get; set; } = 60;

    /// <summary>Hours after sensing from which a strip is too old; 0 for no limit.</summary>
    public double MaxDataAgeHours { get; set; } = 6;

    /// <summary>Announcements that the broker may send without acknowledgement.</summary>
    public int ReceiveMaximum { get; set; } = 64;

    /// <summary>MiB of announcements, in-band rasters included, that are held at once.</summary>
    public int HoldMebibytes { get; set; } = 256;

    /// <summary>Scenes that may be open at once.</summary>
    public int MaxOpenScenes { get; set; } = 32;

    /// <summary>Ready tiles above which strips wait.</summary>
    public int MaxReadyTiles { get; set; } = 4096;

    /// <summary>MiB of pixels kept for neighbouring tiles.</summary>
    public int PixelCacheMebibytes { get; set; } = 112;

    /// <summary>Messages that may wait for the broker.</summary>
    public int OutboxCapacity { get; set; } = 10_000;

    /// <summary>Seconds that a read of a raster may take without getting on.</summary>
    public double ReadTimeoutSeconds { get; set; } = 30;

    /// <summary>Reads that were given up and have not come back, for each device and opening thread.</summary>
    public int MaxHungReads { get; set; } = 4;

    /// <summary>Tiles that a device computes at once with a model.</summary>
    public int BatchTiles { get; set; } = 4;

    /// <summary>Milliseconds that the first tile of a batch waits for others while its device is idle.</summary>
    public double BatchMilliseconds { get; set; } = 20;

    /// <summary>Threads that one inference may use on the processor.</summary>
    public int DeviceThreads { get; set; } = 1;

    /// <summary>Seconds between two looks for a new version of the model; 0 for none.</summary>
    public double ModelSeconds { get; set; } = 5;

    /// <summary>Minutes that an announcement is kept whose file does not answer.</summary>
    public double SilentMinutes { get; set; } = 10;

    /// <summary>Seconds that a stage with work may show no progress before it counts as stalled.</summary>
    public double StallSeconds { get; set; } = 120;

    /// <summary>Seconds between two messages that the daemon sends itself through the broker; 0 for none.</summary>
    public double CanarySeconds { get; set; } = 60;

    /// <summary>Announced rasters that are opened at once.</summary>
    public int OpeningThreads { get; set; } = 4;

    /// <summary>Strips that may be on their way into their scenes at once.</summary>
    public int PendingStrips { get; set; } = 64;

    /// <summary>Tiles of one scene in the queue of the devices.</summary>
    public int SceneTiles { get; set; } = 32;

    /// <summary>MiB of answers of tiles that an open scene keeps in memory.</summary>
    public int ResultMebibytes { get; set; } = 96;

    /// <summary>MiB of pixel memory that is kept for the next tiles.</summary>
    public int PixelPoolMebibytes { get; set; } = 24;

    /// <summary>Own messages on the wire without acknowledgement.</summary>
    public int PublishWindow { get; set; } = 64;

    /// <summary>Messages of the journal that may be on their way to the broker.</summary>
    public int RelayMessages { get; set; } = 1024;

    /// <summary>Writes that may wait for the journal.</summary>
    public int JournalWrites { get; set; } = 1024;

    /// <summary>Seconds that SIGTERM leaves for finishing what is in flight.</summary>
    public double StopSeconds { get; set; } = 25;

    /// <summary>MiB free on the disks of data and products below which no strip is taken; 0 for no floor.</summary>
    public int MinFreeMebibytes { get; set; } = 512;

    /// <summary>MiB free below which retention makes room before things are old enough; 0 for never.</summary>
    public int KeepFreeMebibytes { get; set; } = 1024;

    /// <summary>Minutes between two rounds of retention.</summary>
    public double RetentionMinutes { get; set; } = 10;

    /// <summary>Hours that products are kept which a newer revision replaced; 0 for ever.</summary>
    public double SupersededHours { get; set; } = 24;

    /// <summary>Hours that the work folders of closed scenes are kept; 0 for ever.</summary>
    public double WorkHours { get; set; } = 24;

    /// <summary>Hours that spooled rasters of published scenes are kept; 0 for ever.</summary>
    public double SpoolHours { get; set; } = 24;

    /// <summary>Hours that products are kept; 0 for ever.</summary>
    public double ProductHours { get; set; }

    /// <summary>Whether products may be deleted before <see cref="ProductHours"/> when room is short.</summary>
    public bool ProductsMakeRoom { get; set; }

    /// <summary>Days that the journal remembers closed scenes of which no file is left; 0 for ever.</summary>
    public double FactsDays { get; set; } = 30;

    /// <summary>Events with all attributes in the payload, for bridges to MQTT 3.1.1.</summary>
    public bool StructuredEvents { get; set; }

    /// <summary>Event types in the vocabulary of OGC API Publish-Subscribe.</summary>
    public bool OgcTypes { get; set; }

    /// <summary>Whether commands are taken from the broker; who may give them is for its rights to say.</summary>
    public bool Commands { get; set; }

    /// <summary>File of alert rules; null for no alerts.</summary>
    public string? Rules { get; set; }

    /// <summary>Who gives alerts a second opinion where a model answers: spectral or none.</summary>
    public string SecondOpinion { get; set; } = BackendName.Spectral;

    /// <summary>Whether alerts are meant to be acted on; else each says that it is a test.</summary>
    public bool AlertsActual { get; set; }

    /// <summary>Log lines as JSON.</summary>
    public bool JsonLog { get; set; }
}
