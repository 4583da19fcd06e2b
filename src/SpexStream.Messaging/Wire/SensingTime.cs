using SpexStream.Messaging.Wire.Json;

namespace SpexStream.Messaging.Wire;

/// <summary>The time of an Item: one instant, or null with start and end.</summary>
internal static class SensingTime
{
    public static void Write(WireWriter writer, DateTimeOffset start, DateTimeOffset end)
    {
        if (start == end)
        {
            writer.Time("datetime", start);
            return;
        }

        writer.Json.WriteNull("datetime");
        writer.Time("start_datetime", start);
        writer.Time("end_datetime", end);
    }
}
