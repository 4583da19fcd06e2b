using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Sharing;

/// <summary>Reads what other nodes answered about the tiles of one scene.</summary>
/// <param name="files">Where large answers lie.</param>
/// <param name="scene">The scene.</param>
internal sealed class ReplyReader(SharedFolder files, SceneId scene)
{
    /// <summary>Reads a reply: no answer where it is none, or none that is whole.</summary>
    /// <returns>The answer, whether there was nothing to ask a model about, and the file that it lay in.</returns>
    public async Task<(TileAnswer? Answer, bool NeededNoModel, string? File)> ReadAsync(
        TileResult result, UInt128 number, CancellationToken cancellation)
    {
        if (result.IsGivenUp)
        {
            return default;
        }

        var (record, needed, file) = TileReply.Read(result.Result) switch
        {
            TileReply.Answer reply => (reply.Record, reply.NeededNoModel, null),
            TileReply.InFile reply => (await TryReadAsync(reply.Name, cancellation), reply.NeededNoModel, reply.Name),
            _ => ((byte[]?)null, false, (string?)null),
        };
        try
        {
            return (
                record is not null && RecordFile.IsWhole(record, TileRecord.Mark)
                && TileRecord.Head(record).Basis == number ? TileRecord.Read(record) : null, needed, file);
        }
        catch (Exception damaged) when (
            damaged is InvalidDataException or ArgumentException or IndexOutOfRangeException)
        {
            // Sealed, and yet none: the owner answers itself.
            return (null, false, file);
        }
    }

    private async Task<byte[]?> TryReadAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await files.ReadAsync(scene, name, cancellation);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // The owner answers itself.
            return null;
        }
    }
}
