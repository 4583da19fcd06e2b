using Microsoft.Extensions.Logging;

namespace SpexStream.Daemon.Hosting;

/// <summary>Every log line of the daemon, with its event id.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Information,
        "SpexStream {Version} starts as node {Node} of station {Station}; {Switches}; GDAL {Gdal}")]
    public static partial void Starting(
        ILogger logger, string version, string node, string station, string switches, string gdal);

    [LoggerMessage(1002, LogLevel.Information, "Listening on {Broker}, metrics on {Http}")]
    public static partial void Started(ILogger logger, string broker, string http);

    [LoggerMessage(1003, LogLevel.Information, "Stopping: no new strips; what is in flight has {Limit} s")]
    public static partial void Stopping(ILogger logger, double limit);

    [LoggerMessage(1004, LogLevel.Information, "Stopped; {What}")]
    public static partial void Stopped(ILogger logger, string what);

    [LoggerMessage(1005, LogLevel.Warning, "Stopping: {Step} did not end well: {Reason}")]
    public static partial void StopStepFailed(ILogger logger, string step, string reason);

    [LoggerMessage(1006, LogLevel.Critical, "{Part} ended by a fault; start again")]
    public static partial void PartEnded(ILogger logger, Exception fault, string part);

    [LoggerMessage(1101, LogLevel.Information, "Broker connection {Connection}: {Phase} (attempt {Attempt}) {Detail}")]
    public static partial void Connection(ILogger logger, string connection, string phase, int attempt, string detail);

    [LoggerMessage(1102, LogLevel.Error, "The broker will not take a message on {Topic}: {Reason}")]
    public static partial void MessageRefused(ILogger logger, string topic, string reason);

    [LoggerMessage(1103, LogLevel.Critical, "Announcements are no longer taken; start again")]
    public static partial void TakingFailed(ILogger logger, Exception fault);

    [LoggerMessage(1104, LogLevel.Error, "Publishing on {Topic} broke; it is tried again")]
    public static partial void PublishBroke(ILogger logger, Exception fault, string topic);

    [LoggerMessage(
        1106, LogLevel.Error, "No message to ourselves has come back through the broker for {Seconds:0} s: {Reason}")]
    public static partial void CanarySilent(ILogger logger, double seconds, string reason);

    [LoggerMessage(1107, LogLevel.Information, "Messages to ourselves come back through the broker again")]
    public static partial void CanaryHeard(ILogger logger);

    [LoggerMessage(1301, LogLevel.Information, "Command {Verb}: {Status} ({Reason}) {Sentence}")]
    public static partial void CommandTaken(ILogger logger, string verb, string status, string reason, string sentence);

    [LoggerMessage(1302, LogLevel.Warning, "The answer to a command could not be given on {Topic}: {Reason}")]
    public static partial void CommandUnanswered(ILogger logger, string topic, string reason);

    [LoggerMessage(2001, LogLevel.Information,
        "Scene {Scene}: opened, {Width} pixels wide, {Strips} strips expected (trace {Trace})")]
    public static partial void SceneOpened(ILogger logger, string scene, int width, int? strips, string trace);

    [LoggerMessage(
        2002, LogLevel.Information,
            "Scene {Scene}: strip {Strip} summarised, completeness {Completeness:0.0} % (trace {Trace})")]
    public static partial void StripSummarised(
        ILogger logger, string scene, int strip, double completeness, string trace);

    [LoggerMessage(2003, LogLevel.Information,
        "Scene {Scene}: revision {Revision} closed with {Completeness:0.0} % of its strips; products in {Folder} "
        + "(trace {Trace})")]
    public static partial void SceneClosed(
        ILogger logger, string scene, int revision, double completeness, string folder, string trace);

    [LoggerMessage(2004, LogLevel.Warning, "Scene {Scene}: a tile was given up: {Reason} (trace {Trace})")]
    public static partial void TileGivenUp(ILogger logger, string scene, string reason, string trace);

    [LoggerMessage(2005, LogLevel.Error, "Scene {Scene}: failed, nothing final was published (trace {Trace})")]
    public static partial void SceneFailed(ILogger logger, Exception fault, string scene, string trace);

    [LoggerMessage(
        2014, LogLevel.Error, "Scene {Scene}: cannot be read from the journal, or its failure not written there")]
    public static partial void SceneBroken(ILogger logger, Exception fault, string scene);

    [LoggerMessage(2007, LogLevel.Warning,
        "Scene {Scene}: the disk would not take its results ({Reason}); tried again in {Wait:0} s (trace {Trace})")]
    public static partial void ProductsDelayed(ILogger logger, string scene, string reason, double wait, string trace);

    [LoggerMessage(2008, LogLevel.Information,
        "Journal {Path}: run {Run}, {Open} open scenes taken up, {Waiting} messages to send")]
    public static partial void JournalOpened(ILogger logger, string path, long run, int open, long waiting);

    [LoggerMessage(2009, LogLevel.Warning, "The journal does not answer at present: {Reason}")]
    public static partial void JournalDelayed(ILogger logger, string reason);

    [LoggerMessage(2010, LogLevel.Critical,
        "Messages in the journal are no longer sent; see the journal's documentation and start again")]
    public static partial void RelayFailed(ILogger logger, Exception fault);

    [LoggerMessage(2401, LogLevel.Information, "Lease {Key}: this node has it")]
    public static partial void LeaseOwned(ILogger logger, string key);

    [LoggerMessage(2402, LogLevel.Information, "Lease {Key}: this node has it no more: {Reason}")]
    public static partial void LeaseEnded(ILogger logger, string key, string reason);

    [LoggerMessage(2403, LogLevel.Error, "Lease {Key}: the work under it ended by a fault, and it was given back")]
    public static partial void LeaseFault(ILogger logger, Exception fault, string key);

    [LoggerMessage(2404, LogLevel.Warning,
        "No strips are taken and no scene is worked on until the journal answers: {Reason}")]
    public static partial void LeasesAway(ILogger logger, string reason);

    [LoggerMessage(2405, LogLevel.Information, "The journal answers again")]
    public static partial void LeasesBack(ILogger logger);

    [LoggerMessage(2406, LogLevel.Warning, "{Sentence}")]
    public static partial void TileLeft(ILogger logger, string sentence);

    [LoggerMessage(2407, LogLevel.Warning,
        "An announcement was taken up by the catch-up session, for no node had settled it within {Grace} s: {Name}")]
    public static partial void CaughtUp(ILogger logger, string name, double grace);

    [LoggerMessage(2408, LogLevel.Warning,
        "The catch-up session does not work; the broker keeps what it has for it: {Reason}")]
    public static partial void CatchUpFailed(ILogger logger, string reason);

    [LoggerMessage(2409, LogLevel.Information,
        "The catch-up session listens; the broker keeps it for {Hours} h after this node")]
    public static partial void CatchUpListens(ILogger logger, double hours);

    [LoggerMessage(2410, LogLevel.Warning,
        "Other nodes used the journal a short while ago and are not connected; they are given {Wait} s to come back")]
    public static partial void OthersAwaited(ILogger logger, double wait);

    [LoggerMessage(2411, LogLevel.Warning, "{Sentence}")]
    public static partial void GroupAdvice(ILogger logger, string sentence);

    [LoggerMessage(2412, LogLevel.Error,
        "Scene {Scene} cannot be read by this node; what comes for it waits in the inbox for one that can: {Reason}")]
    public static partial void SceneUnreadable(ILogger logger, string scene, string reason);

    [LoggerMessage(2301, LogLevel.Information,
        "Model {Name} {Version}, sha256 {Sha256}: {Device} computes with {Provider}, {Mebibytes} MiB")]
    public static partial void ModelOpened(
        ILogger logger, string name, string version, string sha256, string device, string provider, long mebibytes);

    [LoggerMessage(2303, LogLevel.Error, "A device failed; its tiles go to others, or wait for it: {Reason}")]
    public static partial void DeviceFailed(ILogger logger, string reason);

    [LoggerMessage(2304, LogLevel.Warning,
        "The disk does not take what a device has in hand; a crash now would not be traced to its tile: {Reason}")]
    public static partial void RecorderFailed(ILogger logger, string reason);

    [LoggerMessage(2305, LogLevel.Information,
        "Model {Name} {Version}, sha256 {Sha256}, has taken over: scenes that begin now get it")]
    public static partial void ModelTakenOver(ILogger logger, string name, string version, string sha256);

    [LoggerMessage(2306, LogLevel.Error, "The new version of the model is refused, the running one stays: {Reason}")]
    public static partial void ModelRefused(ILogger logger, string reason);

    [LoggerMessage(2307, LogLevel.Warning,
        "A new version of the model waits: two are open until the scenes of the older one are done")]
    public static partial void ModelWaits(ILogger logger);

    [LoggerMessage(2308, LogLevel.Information, "Model {Name} {Version}, sha256 {Sha256}, is closed: no scene uses it")]
    public static partial void ModelClosed(ILogger logger, string name, string version, string sha256);

    [LoggerMessage(2302, LogLevel.Warning, "The processor does the work of {Device}: {Reason}")]
    public static partial void DeviceFellBack(ILogger logger, string device, string reason);

    [LoggerMessage(
        1105, LogLevel.Error, "Broker connection {Connection} was taken over: {Reason}; tried again in a minute")]
    public static partial void TakenOver(ILogger logger, string connection, string reason);

    [LoggerMessage(
        2011, LogLevel.Error, "Message {Key} of the journal was set aside and is not sent, the others are: {Reason}")]
    public static partial void MessageSetAside(ILogger logger, long key, string reason);

    [LoggerMessage(2012, LogLevel.Warning, "Scene {Scene}: {Sentence} (trace {Trace})")]
    public static partial void StripMissed(ILogger logger, string scene, string sentence, string trace);

    [LoggerMessage(2013, LogLevel.Warning, "Scene {Scene}: {Sentence} (trace {Trace})")]
    public static partial void StripQuarantined(ILogger logger, string scene, string sentence, string trace);

    [LoggerMessage(1201, LogLevel.Warning, "No strips are taken: {Reason}")]
    public static partial void RoomShort(ILogger logger, string reason);

    [LoggerMessage(1202, LogLevel.Information, "There is room on the disks again; strips are taken")]
    public static partial void RoomAgain(ILogger logger);

    [LoggerMessage(1203, LogLevel.Information, "Retention deleted {Count} things, {Mebibytes} MiB")]
    public static partial void Deleted(ILogger logger, int count, long mebibytes);

    [LoggerMessage(1204, LogLevel.Warning, "Retention could not do all; it goes on later: {Reason}")]
    public static partial void RetentionFault(ILogger logger, string reason);

    [LoggerMessage(
        1205, LogLevel.Error,
        "The spool folder does not take the rasters of messages; they wait until it does: {Reason}")]
    public static partial void SpoolRefuses(ILogger logger, string reason);

    [LoggerMessage(1401, LogLevel.Error, "Stage {Stage} has work and has made no progress for {Seconds:0} s")]
    public static partial void StageStalled(ILogger logger, string stage, double seconds);

    [LoggerMessage(1402, LogLevel.Information, "Stage {Stage} goes on")]
    public static partial void StageGoesOn(ILogger logger, string stage);

    [LoggerMessage(2006, LogLevel.Warning, "An explanation was turned down by the checker: {Reason}")]
    public static partial void TextRejected(ILogger logger, string reason);

    [LoggerMessage(1501, LogLevel.Critical, "The runtime ended by itself, and so does the daemon: {Reason}")]
    public static partial void NodeEnded(ILogger logger, string reason);
}
