using SpexStream.Daemon.Console;
using SpexStream.Domain.Imagery;
using Xunit;

namespace SpexStream.Tests.Cli;

public sealed class UserFaultTests
{
    [Fact]
    public void What_a_user_can_mend_is_one_line() =>
        Assert.Equal("a.tif: no room here", UserFault.Words(new RasterException("a.tif", null, "no room\nhere")));

    [Fact]
    public void Several_of_them_are_told_by_the_first()
    {
        var full = new IOException("No space left on device");
        Assert.Equal(full.Message, UserFault.Words(
            new AggregateException(full, new AggregateException(new UnauthorizedAccessException("no")))));
    }

    [Fact]
    public void A_fault_of_ours_is_not_made_to_look_like_the_users()
    {
        Assert.Null(UserFault.Words(new InvalidOperationException("bug")));
        Assert.Null(
            UserFault.Words(new AggregateException(new IOException("full"), new InvalidOperationException("bug"))));
    }
}
