using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Sharing;

/// <summary>Another node's scene as its facts told it at some time.</summary>
/// <param name="workshop">Its strips and its backend.</param>
/// <param name="grid">Its tiles.</param>
/// <param name="lease">The backend's lease; returned with this.</param>
internal sealed class GuestScene(SceneWorkshop workshop, TileGrid grid, BackendLease lease) : IDisposable
{
    private readonly Dictionary<string, ISceneFindings> _findings = [];

    public SceneWorkshop Workshop => workshop;

    public TileGrid Grid => grid;

    /// <summary>Tiles of it that are being worked on.</summary>
    public int Uses { get; set; }

    /// <summary>When it was read, or a tile of it last done here: a timestamp of the clock.</summary>
    public long LeftAt { get; set; }

    /// <summary>What surveys say, concluded once. Called by one thread at a time.</summary>
    public ISceneFindings Conclude(string key, ImmutableArray<byte> surveys)
    {
        if (!_findings.TryGetValue(key, out var known))
        {
            known = SurveyChain.Conclude(workshop.Backend, surveys.AsMemory());
            // Batches come one after the other; only the newest are asked about.
            if (_findings.Count == MostFindings)
            {
                _findings.Clear();
            }

            _findings[key] = known;
        }

        return known;
    }

    public void Dispose() => lease.Dispose();

    private const int MostFindings = 8;
}
