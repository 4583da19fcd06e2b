using SpexStream.Journal.Postgres;
using Xunit;

namespace SpexStream.Tests.Journal;

public sealed class PostgresAddressTests
{
    [Theory]
    [InlineData("postgres://spex:secret@db.station:5433/journal?sslmode=verify-full", "db.station:5433/journal")]
    [InlineData("postgresql://spex:se%2Fcret@db/journal", "db/journal")]
    [InlineData("Host=db;Username=spex;Password=secret;Database=journal", "db/journal")]
    public void An_address_shows_host_and_database_and_never_the_password(string text, string shown)
    {
        var address = PostgresAddress.Parse(text);
        Assert.Equal(shown, address.ToString());
        Assert.Equal("journal", address.Builder().Database);
        Assert.StartsWith("se", address.Builder().Password, StringComparison.Ordinal);
        Assert.True(PostgresAddress.Looks(text));
    }

    [Theory]
    [InlineData("postgres://spex:secret@/journal")]
    [InlineData("postgres://spex:secret@host:port/journal")]
    [InlineData("postgres://spex:secret@host/journal?no-such-key=1")]
    [InlineData("mysql://spex:secret@host/journal")]
    [InlineData("Host=db;Password=secret;Nonsense=1")]
    [InlineData("Password=secret")]
    public void What_is_no_address_is_refused_without_being_repeated(string text)
    {
        var refused = Assert.Throws<FormatException>(() => PostgresAddress.Parse(text));
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/data/journal.db")]
    [InlineData("journal.db")]
    public void A_path_is_no_address(string text) => Assert.False(PostgresAddress.Looks(text));
}
