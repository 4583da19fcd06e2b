using Npgsql;

namespace SpexStream.Journal.Postgres;

/// <summary>A database by its address: <c>postgres://user@host:5432/name?sslmode=require</c>, or Npgsql's own form,
/// <c>Host=...;Database=...</c>. It may hold a password; as text it shows none.</summary>
public sealed class PostgresAddress
{
    private static readonly string[] Schemes = ["postgres", "postgresql"];
    private readonly string _connectionString;

    private PostgresAddress(NpgsqlConnectionStringBuilder builder)
    {
        _connectionString = builder.ConnectionString;
        Name = $"{builder.Host}{(builder.Port == NpgsqlConnection.DefaultPort ? "" : $":{builder.Port}")}"
            + $"/{builder.Database ?? builder.Username}";
    }

    /// <summary>Host and database, for messages.</summary>
    public string Name { get; }

    /// <summary>Whether it holds a password.</summary>
    public bool HasPassword => !string.IsNullOrEmpty(Builder().Password);

    /// <summary>The same database with a password.</summary>
    public PostgresAddress With(string password) => new(new(_connectionString) { Password = password });

    /// <summary>Whether a text looks like the address of a database rather than a path.</summary>
    public static bool Looks(string text) =>
        Array.Exists(Schemes, scheme => text.StartsWith(scheme + "://", StringComparison.OrdinalIgnoreCase))
        || text.StartsWith("Host=", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("Server=", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an address.</summary>
    /// <exception cref="FormatException">It is none; the message does not repeat it.</exception>
    public static PostgresAddress Parse(string text)
    {
        try
        {
            var builder = text.Contains("://", StringComparison.Ordinal) ? OfUri(text) : new(text);
            return !string.IsNullOrEmpty(builder.Host) ? new(builder)
                : throw new FormatException("the address of the journal's database names no host");
        }
        catch (Exception odd) when (odd is ArgumentException or UriFormatException or InvalidCastException)
        {
            // The cause may repeat what was written, the password with it; it is left out.
            throw new FormatException(
                "the address of the journal's database cannot be read; write postgres://user@host:5432/name, or "
                + "Host=...;Username=...;Database=...");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal NpgsqlConnectionStringBuilder Builder() => new(_connectionString);

    private static NpgsqlConnectionStringBuilder OfUri(string text)
    {
        var uri = new Uri(text);
        if (!Schemes.Contains(uri.Scheme))
        {
            throw new FormatException("the address of the journal's database does not begin with postgres://");
        }

        var builder = new NpgsqlConnectionStringBuilder { Host = Uri.UnescapeDataString(uri.Host) };
        if (uri.Port > 0)
        {
            builder.Port = uri.Port;
        }

        if (uri.AbsolutePath.Length > 1)
        {
            builder.Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]);
        }

        var (user, password) = Split(uri.UserInfo, ':');
        builder.Username = user.Length > 0 ? user : null;
        builder.Password = password;
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = Split(pair, '=');
            // libpq's names where Npgsql has others.
            builder[key switch { "sslmode" => "SSL Mode", "sslrootcert" => "Root Certificate", _ => key }] =
                key == "sslmode" ? value?.Replace("-", "", StringComparison.Ordinal) : value;
        }

        return builder;
    }

    private static (string Before, string? Behind) Split(string text, char at)
    {
        var place = text.IndexOf(at, StringComparison.Ordinal);
        return place < 0 ? (Uri.UnescapeDataString(text), null)
            : (Uri.UnescapeDataString(text[..place]), Uri.UnescapeDataString(text[(place + 1)..]));
    }
}
