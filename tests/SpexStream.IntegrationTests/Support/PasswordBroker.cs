using System.Security.Cryptography;

namespace SpexStream.IntegrationTests.Support;

/// <summary>A broker that lets in one user, <c>station</c>, with a password.</summary>
public static class PasswordBroker
{
    public static async Task<MosquittoBroker> StartAsync(string password)
    {
        var broker = MosquittoBroker.Prepare(["allow_anonymous false", "password_file {folder}/passwords"]);

        // mosquitto's password file: $7$ is PBKDF2 with SHA-512, then rounds, salt and hash.
        var salt = RandomNumberGenerator.GetBytes(12);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, 101, HashAlgorithmName.SHA512, 64);
        var line = $"station:$7$101${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}\n";
        await File.WriteAllTextAsync(Path.Combine(broker.Folder, "passwords"), line);
        await broker.StartAsync();
        return broker;
    }
}
