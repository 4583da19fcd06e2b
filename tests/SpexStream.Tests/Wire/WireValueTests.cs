using SpexStream.Domain.Announcements;
using SpexStream.Messaging.Wire.Json;
using Xunit;

namespace SpexStream.Tests.Wire;

public sealed class WireValueTests
{
    private const string Sha256OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Theory]
    [InlineData("1220" + Sha256OfAbc)]
    [InlineData(Sha256OfAbc)]
    [InlineData("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")]
    [InlineData("1220BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    public void A_checksum_is_read_in_every_form_and_written_as_lower_case_multihash(string text)
    {
        Assert.True(ContentChecksum.TryParse(text, out var checksum));
        Assert.Equal(ContentChecksum.Compute(HashKind.Sha256, "abc"u8), checksum);
        Assert.Equal("1220" + Sha256OfAbc, checksum!.Multihash);
    }

    [Fact]
    public void A_sha512_goes_round()
    {
        var checksum = ContentChecksum.Compute(HashKind.Sha512, "abc"u8);

        Assert.StartsWith("1340ddaf35a193617aba", checksum.Multihash, StringComparison.Ordinal);
        Assert.True(ContentChecksum.TryParse(checksum.Multihash, out var read));
        Assert.Equal(checksum, read);
    }

    [Theory]
    [InlineData("2026-05-01T10:15:00Z", "2026-05-01T10:15:00Z")]
    [InlineData("2026-05-01T10:15:00.5Z", "2026-05-01T10:15:00.5Z")]
    [InlineData("2026-05-01T10:15:00.123456789Z", "2026-05-01T10:15:00.1234567Z")]
    [InlineData("2026-05-01T10:15:00-00:00", "2026-05-01T10:15:00Z")]
    public void A_time_in_utc_is_read(string text, string expected)
    {
        Assert.True(WireTime.TryParse(text, out var time));
        Assert.Equal(expected, WireTime.Format(time));
    }

    [Theory]
    [InlineData("2026-05-01T10:15:00")]
    [InlineData("2026-05-01T10:15:00+01:00")]
    [InlineData("2026-05-01t10:15:00z")]
    [InlineData("2026-05-01T10:15:60Z")]
    [InlineData("2026-05-01T10:15Z")]
    [InlineData("2026-05-01T10:15:00.Z")]
    [InlineData("2026-05-01T10:15:00,5Z")]
    [InlineData("2026-05-01T10:15:00.1234567890Z")]
    [InlineData(" 2026-05-01T10:15:00Z")]
    [InlineData("Z")]
    public void Any_other_time_is_not(string text) => Assert.False(WireTime.TryParse(text, out _));
}
