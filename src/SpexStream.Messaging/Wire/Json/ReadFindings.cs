using SpexStream.Domain.Announcements;

namespace SpexStream.Messaging.Wire.Json;

/// <summary>What goes wrong while a document is read. The first finding counts; reading goes on with nulls.</summary>
internal sealed class ReadFindings
{
    /// <summary>The first finding; null while all is well.</summary>
    public Rejection? First { get; private set; }

    /// <summary>Reports a finding.</summary>
    public void Refuse(RejectionReason reason, string where, string what, string remedy) =>
        First ??= new(reason, where, what, remedy);
}
