using SpexStream.Domain.Backends;

namespace SpexStream.Pipeline.Scenes;

/// <summary>What a survey counted as bytes: every array as pairs of a distance and a count, both with 7 bits a byte,
/// ended by a distance of 0, for histograms are mostly empty.</summary>
internal static class SurveyBytes
{
    public static void Write(BinaryWriter writer, ISceneSurvey survey)
    {
        foreach (var counts in survey.Counts)
        {
            Write(writer, counts.Span);
        }
    }

    /// <summary>Fills an empty survey.</summary>
    /// <exception cref="InvalidDataException">It is not what was written for such a survey.</exception>
    public static void Read(BinaryReader reader, ISceneSurvey into)
    {
        foreach (var counts in into.Counts)
        {
            var span = counts.Span;
            var at = -1L;
            while (reader.Read7BitEncodedInt() is > 0 and var distance)
            {
                at += distance;
                if (at >= span.Length)
                {
                    throw new InvalidDataException("A survey has other arrays than the one that was written.");
                }

                span[(int)at] = reader.Read7BitEncodedInt64();
            }
        }
    }

    private static void Write(BinaryWriter writer, ReadOnlySpan<long> counts)
    {
        var last = -1;
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] != 0)
            {
                writer.Write7BitEncodedInt(i - last);
                writer.Write7BitEncodedInt64(counts[i]);
                last = i;
            }
        }

        writer.Write7BitEncodedInt(0);
    }
}
