using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SpexStream.Daemon.Settings;

/// <summary>
/// Whether PEM files can be used. Looked at before the start: later, a file that cannot be used looks like a broker
/// that is away, which is waited for.
/// </summary>
internal static class PemFiles
{
    /// <summary>What a file of certificates is, in words.</summary>
    public const string Certificates = "a PEM file with certificates";

    /// <summary>What a file with a key is, in words.</summary>
    public const string Key = "the PEM file of the certificate's key";

    /// <summary>Whether the file holds a certificate at least.</summary>
    public static bool HasCertificates(string path) => Try(() =>
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(path);
        var count = certificates.Count;
        Dispose(certificates);
        return count > 0;
    });

    /// <summary>Whether the key is that of the certificate.</summary>
    public static bool IsPair(string certificate, string key) => Try(() =>
    {
        using var pair = X509Certificate2.CreateFromPemFile(certificate, key);
        return pair.HasPrivateKey;
    });

    private static void Dispose(X509Certificate2Collection certificates)
    {
        foreach (var certificate in certificates)
        {
            certificate.Dispose();
        }
    }

    private static bool Try(Func<bool> holds)
    {
        try
        {
            return holds();
        }
        catch (Exception fault) when (
            fault is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            // An argument is at fault where the path is empty or the key is another certificate's. The answer is no,
            // and the mistake is told with the others.
            return false;
        }
    }
}
