using SpexStream.Domain.Backends;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Sharing;

/// <summary>
/// What a batch concluded, as the surveys that it concluded it from: findings are the backend's own and have no bytes,
/// but whoever draws the same conclusions in the same order has the same findings.
/// </summary>
internal static class SurveyChain
{
    /// <summary>A finished survey as a link: its pass (4 bytes), then what it counted.</summary>
    public static byte[] Link(int pass, ISceneSurvey survey)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(pass);
        SurveyBytes.Write(writer, survey);
        return stream.ToArray();
    }

    /// <summary>Draws the conclusions again.</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="links">All links, one behind the other.</param>
    /// <exception cref="TileRefusedException">They are no links of this backend.</exception>
    public static ISceneFindings Conclude(ITileBackend backend, ReadOnlyMemory<byte> links)
    {
        var findings = backend.InitialFindings;
        using var stream = new MemoryStream(links.ToArray(), writable: false);
        using var reader = new BinaryReader(stream);
        try
        {
            while (stream.Position < stream.Length)
            {
                var pass = reader.ReadInt32();
                if (pass < 0 || pass >= backend.PassCount)
                {
                    throw new InvalidDataException($"there is no pass {pass}");
                }

                var survey = backend.NewSurvey(pass, findings);
                SurveyBytes.Read(reader, survey);
                findings = backend.Conclude(findings, survey);
            }
        }
        catch (Exception damaged) when (damaged is IOException or InvalidDataException or FormatException)
        {
            throw new TileRefusedException(
                $"its surveys are not those of this node's backend: {damaged.Message}", isOfAllOrders: false);
        }

        return findings;
    }
}
