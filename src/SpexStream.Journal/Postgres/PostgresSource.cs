using System.Globalization;
using Npgsql;

namespace SpexStream.Journal.Postgres;

/// <summary>Where connections come from: a bounded pool, and a source of single ones.</summary>
internal static class PostgresSource
{
    private const int PreparedStatements = 128;
    private const int KeepaliveSeconds = 5;
    // While news that was sent is not acknowledged, there are no keep-alives: as long as those take.
    private const int UserTimeoutMilliseconds = 11_000;

    /// <summary>The pool.</summary>
    public static NpgsqlDataSource Open(PostgresJournalOptions options) => Open(options, isPool: true);

    /// <summary>Connections that are nobody else's, before or after: what is locked on one is free when it is closed,
    /// not when the next user of a pool wakes it.</summary>
    public static NpgsqlDataSource OpenSingle(PostgresJournalOptions options) => Open(options, isPool: false);

    private static NpgsqlDataSource Open(PostgresJournalOptions options, bool isPool)
    {
        var builder = options.Address.Builder();
        builder.Pooling = isPool;
        builder.MinPoolSize = 0;
        builder.MaxPoolSize = options.Readers + options.Sessions + 1;
        builder.Timeout = (int)options.ConnectTimeout.TotalSeconds;
        builder.CommandTimeout = (int)options.CommandTimeout.TotalSeconds;
        builder.KeepAlive = KeepaliveSeconds;
        builder.MaxAutoPrepare = PreparedStatements;
        builder.AutoPrepareMinUsages = 2;
        builder.PersistSecurityInfo = false;
        builder.IncludeErrorDetail = false;
        builder.ApplicationName ??= $"spexstream {options.Node}";
        // The server notices a node that went without a word, and lets go of its locks.
        builder.Options = $"-c search_path={PostgresSchema.Name} "
            + $"-c idle_in_transaction_session_timeout={Milliseconds(options.SilenceLimit)} "
            + $"-c lock_timeout={Milliseconds(options.CommandTimeout / 2)} "
            + "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 "
            + $"-c tcp_user_timeout={UserTimeoutMilliseconds} " + builder.Options;
        return NpgsqlDataSource.Create(builder);
    }

    private static string Milliseconds(TimeSpan time) =>
        ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
