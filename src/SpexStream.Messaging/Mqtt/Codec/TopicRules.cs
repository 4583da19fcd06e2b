namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>Topic names and filters (MQTT 5, 4.7 and 4.8.2); lengths are checked where the text is written.</summary>
internal static class TopicRules
{
    /// <summary>True for a name to publish under.</summary>
    public static bool IsName(string topic) => topic.Length > 0 && topic.AsSpan().IndexOfAny("+#\0") < 0;

    /// <summary>True for a filter to subscribe to, shared or not.</summary>
    public static bool IsFilter(string filter)
    {
        if (!filter.StartsWith("$share/", StringComparison.Ordinal))
        {
            return IsPlainFilter(filter);
        }

        var group = filter.AsSpan(7);
        var end = group.IndexOf('/');
        return end > 0 && group[..end].IndexOfAny("+#") < 0 && IsPlainFilter(group[(end + 1)..]);
    }

    private static bool IsPlainFilter(ReadOnlySpan<char> filter)
    {
        if (filter.IsEmpty || filter.Contains('\0'))
        {
            return false;
        }

        foreach (var range in filter.Split('/'))
        {
            var level = filter[range];
            var isLast = range.End.GetOffset(filter.Length) == filter.Length;
            if ((level.Contains('+') && level.Length > 1) || (level.Contains('#') && (level.Length > 1 || !isLast)))
            {
                return false;
            }
        }

        return true;
    }
}
