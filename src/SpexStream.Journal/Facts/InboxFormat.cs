using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Journal.Facts;

/// <summary>What waits for a scene's owner as bytes. Extend only: nodes of two versions share a journal while they are
/// replaced one after the other.</summary>
internal static class InboxFormat
{
    private static readonly FactKind Strip = new("strip", 1, FactJson.Default.Strip);
    private static readonly FactKind EndOfPass = new("end-of-pass", 1, FactJson.Default.EndOfPass);
    private static readonly FactKind Order = new("order", 1, FactJson.Default.Order);

    public static byte[] Write(InboxItem item) => EnvelopeFormat.Write(
        item switch
        {
            InboxItem.Strip => Strip,
            InboxItem.EndOfPass => EndOfPass,
            InboxItem.Order => Order,
            _ => throw new ArgumentOutOfRangeException(nameof(item), item, null),
        },
        item);

    /// <exception cref="FactUnreadableException">A newer version wrote it, or nobody did.</exception>
    public static InboxItem Read(ReadOnlySpan<byte> bytes) => (InboxItem)EnvelopeFormat.Read(bytes, Find);

    private static FactKind? Find(string tag) =>
        new[] { Strip, EndOfPass, Order }.FirstOrDefault(kind => kind.Tag == tag);
}
