namespace SpexStream.Journal.Rows;

/// <summary>Times as SQLite keeps them: ticks of 100 ns since year 1, UTC.</summary>
internal static class Times
{
    public static DateTimeOffset Read(long ticks) => new(ticks, TimeSpan.Zero);

    public static DateTimeOffset? Read(long? ticks) => ticks is { } value ? Read(value) : null;
}
