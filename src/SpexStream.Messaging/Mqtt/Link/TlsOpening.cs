using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>Puts TLS over a stream. Revocation is not looked up: stations are often cut off from the
/// authority.</summary>
internal static class TlsOpening
{
    public static async Task<Stream> SecureAsync(
        Stream plain, MqttTlsOptions tls, string host, CancellationToken cancellation)
    {
        var secure = new SslStream(plain, leaveInnerStreamOpen: false);
        try
        {
            await secure.AuthenticateAsClientAsync(Settings(tls, host), cancellation).ConfigureAwait(false);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static SslClientAuthenticationOptions Settings(MqttTlsOptions tls, string host)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (tls.CaFile is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.ImportFromPemFile(tls.CaFile);
            if (policy.CustomTrustStore.Count == 0)
            {
                throw new CryptographicException($"{tls.CaFile} contains no certificate.");
            }
        }

        return new SslClientAuthenticationOptions
        {
            TargetHost = tls.ServerName ?? host,
            CertificateChainPolicy = policy,
            ClientCertificateContext = ClientCertificate(tls),
        };
    }

    private static SslStreamCertificateContext? ClientCertificate(MqttTlsOptions tls)
    {
        if (tls.CertificateFile is null)
        {
            return null;
        }

        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(tls.CertificateFile);
        return SslStreamCertificateContext.Create(
            X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile), chain, offline: true);
    }
}
