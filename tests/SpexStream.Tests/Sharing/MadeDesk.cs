using SpexStream.Domain.Leases;
using SpexStream.Domain.Telemetry;
using SpexStream.Pipeline.Sharing;
using SpexStream.Tests.Support;

namespace SpexStream.Tests.Sharing;

/// <summary>Makes what sharing has in common on a node: one device that takes 4 tiles at once and 32 of a scene, one
/// other node, and a board that nobody else works on.</summary>
internal sealed class MadeDesk : IDisposable
{
    private readonly SpexMeter _meter = new();

    public TemporaryFolder Folder { get; } = new();

    public BoardInMemory Board { get; } = new();

    public ManualClock Clock { get; } = new(DateTimeOffset.UnixEpoch);

    /// <summary>A desk of its own clock and the default terms, where no others are given.</summary>
    public TileDesk Open(TimeProvider? time = null, LeaseTerms? terms = null, Action<string>? onRefused = null) => new(
        new() { Board = Board, Folder = Folder["tiles"], OnRefused = onRefused ?? (_ => { }) },
        terms ?? new LeaseTerms(), new(1, 4, 32), _meter, time ?? Clock)
    {
        Others = () => 1,
    };

    public void Dispose()
    {
        _meter.Dispose();
        Folder.Dispose();
    }
}
