using SpexStream.Journal.Postgres;

namespace SpexStream.Daemon.Settings;

/// <summary>Where the journal lies: in a file of the daemon's data, or in a database that machines share.</summary>
internal static class JournalAddress
{
    /// <summary>The file.</summary>
    public const string Embedded = "embedded";

    /// <summary>What the address of a database is, in words.</summary>
    public const string DatabaseRule = "postgres://USER@HOST:PORT/DATABASE without a password";

    /// <summary>What is taken, in words.</summary>
    public const string Rule = "embedded, or " + DatabaseRule;

    /// <summary>Whether a text is one; a password is refused, for the command line and the log show
    /// addresses.</summary>
    public static bool IsValid(string? text) => text == Embedded || (text is not null && TryParse(text, out _));

    /// <summary>Reads the address of a database; false when it is none, or holds a password.</summary>
    public static bool TryParse(string text, out PostgresAddress? address)
    {
        address = null;
        try
        {
            address = PostgresAddress.Looks(text) && PostgresAddress.Parse(text) is { HasPassword: false } parsed
                ? parsed : null;
        }
        catch (FormatException)
        {
            // The answer is no; the mistake is told with the others.
        }

        return address is not null;
    }

    /// <summary>What a mistake may show of a text.</summary>
    public static string? Shown(string? text) =>
        text is null || !(text.Contains('@') || text.Contains("assword", StringComparison.OrdinalIgnoreCase)) ? text
            : "(not shown, it may hold a password)";
}
