using System.Security.Cryptography;

namespace SpexStream.IntegrationTests.Support;

/// <summary>A broker that lets in users with a password.</summary>
public static class PasswordBroker
{
    /// <summary>Lets in one user, <c>station</c>.</summary>
    public static Task<MosquittoBroker> StartAsync(string password) => StartAsync(["station"], password, null);

    /// <summary>Lets in users who share a password, with rights as a file in mosquitto's own words gives
    /// them.</summary>
    public static async Task<MosquittoBroker> StartAsync(IEnumerable<string> users, string password, string? rights)
    {
        string[] lines = ["allow_anonymous false", "password_file {folder}/passwords"];
        var broker = MosquittoBroker.Prepare(rights is null ? lines : [.. lines, "acl_file {folder}/acl"]);
        var passwords = Path.Combine(broker.Folder, "passwords");
        await File.WriteAllLinesAsync(passwords, users.Select(user => $"{user}:{Hash(password)}"));
        if (rights is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(broker.Folder, "acl"), rights);
        }

        await broker.StartAsync();
        return broker;
    }

    // mosquitto's password file: $7$ is PBKDF2 with SHA-512, then rounds, salt and hash.
    private static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(12);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, 101, HashAlgorithmName.SHA512, 64);
        return $"$7$101${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}";
    }
}
