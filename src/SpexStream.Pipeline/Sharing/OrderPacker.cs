using System.Security.Cryptography;
using SpexStream.Domain.Identity;

namespace SpexStream.Pipeline.Sharing;

/// <summary>Writes orders for the board; surveys that are too large for it go by a file, which is the same for all
/// tiles of a batch. Belongs to one loop.</summary>
/// <param name="desk">What sharing has in common.</param>
/// <param name="scene">The scene.</param>
internal sealed class OrderPacker(TileDesk desk, SceneId scene)
{
    private const int MostInline = 4096;
    private readonly HashSet<string> _files = [];

    /// <summary>Gives the bytes of an order; its surveys lie in the folder then.</summary>
    /// <exception cref="IOException">The folder takes no file.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder takes no file.</exception>
    public async Task<byte[]> PackAsync(TileOrder order, CancellationToken cancellation)
    {
        if (order.Surveys.Length <= MostInline)
        {
            return order.Write();
        }

        var name = $"{Convert.ToHexStringLower(SHA256.HashData(order.Surveys.AsSpan()))}.surveys";
        if (_files.Add(name))
        {
            await desk.Files.PutAsync(scene, name, order.Surveys.AsMemory(), cancellation);
            desk.TellFolder(null);
        }

        return (order with { Surveys = [], SurveysFile = name }).Write();
    }

    /// <summary>Files may not lie there: they are written again.</summary>
    public void Forget() => _files.Clear();
}
