using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using SpexStream.Daemon.Settings;

namespace SpexStream.Daemon.Pages;

/// <summary>
/// Who may see console and status: with a token who has it; without, only programs of this machine that ask for it by
/// its own address (another name might have been made to point here by a page elsewhere).
/// </summary>
internal sealed class OperatorAccess
{
    /// <summary>Told to who needs a token.</summary>
    public const string NeedsToken = "a token is needed: Authorization: Bearer TOKEN, or any user with it as password";

    /// <summary>Told to who has given another one.</summary>
    public const string WrongToken = "this token is not the right one: consoleTokenFile of the daemon holds it";

    private const string OnlyHere =
        "console and status are for this machine only, until consoleTokenFile is set (docs/status.md)";

    private readonly byte[]? _token;

    public OperatorAccess(RunSettings settings) =>
        _token = settings.ConsoleTokenFile is { } file ? Digest(TokenFile.Read(file)) : null;

    /// <summary>Why a request is turned down, and with which status; null when it is not.</summary>
    public (int Status, string Words)? Refuse(HttpContext request) => _token is { } token
        ? Given(request.Request.Headers.Authorization) is not { } given
            ? (StatusCodes.Status401Unauthorized, NeedsToken)
            : CryptographicOperations.FixedTimeEquals(Digest(given), token) ? null
            : (StatusCodes.Status401Unauthorized, WrongToken)
        : request.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(Plain(remote))
            && IsOwnAddress(request.Request.Host.Host)
            ? null
            : (StatusCodes.Status403Forbidden, OnlyHere);

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static bool IsOwnAddress(string host) => host == "localhost"
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static string? Given(string? header)
    {
        if (header?.Split(' ', 2) is not [var scheme, var value])
        {
            return null;
        }

        if (scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return value.Trim();
        }

        var bytes = new byte[value.Length];
        return scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(value.Trim(), bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, var password]
            ? password
            : null;
    }

    // Digests are of one length, so that comparing them tells nothing of the token's.
    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
