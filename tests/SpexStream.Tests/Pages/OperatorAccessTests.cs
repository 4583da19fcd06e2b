using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using SpexStream.Daemon.Pages;
using SpexStream.Daemon.Settings;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Pages;

public sealed class OperatorAccessTests : IDisposable
{
    private const string Token = "a token that is long enough";
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("127.0.0.1", "localhost:8090", true)]
    [InlineData("127.0.0.1", "127.0.0.1:8090", true)]
    [InlineData("::1", "[::1]:8090", true)]
    [InlineData("::ffff:127.0.0.1", "localhost", true)]
    [InlineData("192.168.1.5", "localhost:8090", false)]
    [InlineData("127.0.0.1", "evil.example:8090", false)]
    [InlineData("127.0.0.1", "localhost.evil.example", false)]
    [InlineData("127.0.0.1", "192.168.1.5:8090", false)]
    [InlineData(null, "localhost", false)]
    public void Without_a_token_only_this_machine_gets_in_and_only_by_its_own_address(
        string? remote, string host, bool isLet) =>
        Assert.Equal(
            isLet ? null : (int?)403, new OperatorAccess(new RunSettings()).Refuse(Request(remote, host))?.Status);

    [Fact]
    public void With_a_token_everybody_gets_in_who_has_it_and_nobody_else()
    {
        var access = new OperatorAccess(Settings());
        Assert.Equal((401, OperatorAccess.NeedsToken), access.Refuse(Request("127.0.0.1", "localhost")));
        Assert.Equal(
            (401, OperatorAccess.WrongToken), access.Refuse(Request("127.0.0.1", "localhost", "Bearer another")));
        foreach (var good in new[] { $"Bearer {Token}", $"bearer {Token}", $"Basic {Base64($"me:{Token}")}" })
        {
            Assert.Null(access.Refuse(Request("192.168.1.5", "station.example", good)));
        }

        foreach (var bad in new[]
        {
            "", "Bearer", "Bearer ", $"Bearer {Token}x", $"Bearer {Token[..^1]}", $"Digest {Token}", "Basic ===",
            "Basic", $"Basic {Base64(Token)}", $"Basic {Base64($"{Token}:me")}",
        })
        {
            Assert.Equal(401, access.Refuse(Request("127.0.0.1", "localhost", bad))?.Status);
        }
    }

    [Fact]
    public void A_token_that_could_be_guessed_is_none()
    {
        File.WriteAllText(_folder["short"], "secret\n");
        Assert.False(TokenFile.IsValid(_folder["short"]));
        File.WriteAllText(_folder["blank"], new string(' ', 40));
        Assert.False(TokenFile.IsValid(_folder["blank"]));
        Assert.True(TokenFile.IsValid(Settings().ConsoleTokenFile!));
    }

    public void Dispose() => _folder.Dispose();

    private RunSettings Settings()
    {
        File.WriteAllText(_folder["token"], Token + "\n");
        return new RunSettings { ConsoleTokenFile = _folder["token"] };
    }

    private static DefaultHttpContext Request(string? remote, string host, string? authorization = null)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = remote is null ? null : IPAddress.Parse(remote);
        context.Request.Host = new HostString(host);
        if (authorization is not null)
        {
            context.Request.Headers.Authorization = authorization;
        }

        return context;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
