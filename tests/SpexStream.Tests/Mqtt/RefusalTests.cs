using SpexStream.Domain.Ports.Mqtt;
using Xunit;

namespace SpexStream.Tests.Mqtt;

public sealed class RefusalTests
{
    [Theory]
    [InlineData(null, "The broker refused: connect: NotAuthorized (0x87).")]
    [InlineData("no such user.", "The broker refused: connect: NotAuthorized (0x87), no such user.")]
    [InlineData(
        "The broker refused: client 'a-out': NotAuthorized (0x87).",
        "The broker refused: client 'a-out': NotAuthorized (0x87).")]
    public void A_refusal_is_told_once_and_ends_with_one_full_stop(string? detail, string message) =>
        Assert.Equal(message, new MqttRefusedException("connect", MqttReasonCode.NotAuthorized, detail).Message);
}
